package io.zinx.cluster.redis.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client that sends one command at a time to a Redis server. One thread.
 */
final class RespClient implements AutoCloseable {

	private final Socket socket = new Socket();

	private final InputStream in;

	RespClient(int port) throws IOException {
		this.socket.setSoTimeout(5000);
		this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
		this.in = new BufferedInputStream(this.socket.getInputStream());
	}

	/**
	 * Send a command.
	 * @param words its words
	 * @return the reply; arrays as one line for each element
	 * @throws IOException if there is no reply
	 * @throws IllegalStateException if it is an error
	 */
	String send(String... words) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		out.writeBytes(("*" + words.length + "\r\n").getBytes(StandardCharsets.UTF_8));
		for (String word : words) {
			byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
			out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.UTF_8));
			out.writeBytes(bytes);
			out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
		}
		this.socket.getOutputStream().write(out.toByteArray());
		return reply();
	}

	private String reply() throws IOException {
		String line = line();
		String rest = line.substring(1);
		return switch (line.charAt(0)) {
			case '+', ':' -> rest;
			case '$' -> bulk(Integer.parseInt(rest));
			case '*' -> array(Integer.parseInt(rest));
			default -> throw new IllegalStateException("Redis answers " + line);
		};
	}

	private String bulk(int length) throws IOException {
		if (length < 0) {
			return "";
		}
		byte[] bytes = this.in.readNBytes(length + 2);
		return new String(bytes, 0, length, StandardCharsets.UTF_8);
	}

	private String array(int length) throws IOException {
		List<String> elements = new ArrayList<>();
		for (int index = 0; index < length; index++) {
			elements.add(reply());
		}
		return String.join("\n", elements);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\r'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("Redis has closed the connection");
			}
			line.append((char) next);
		}
		this.in.read();
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
