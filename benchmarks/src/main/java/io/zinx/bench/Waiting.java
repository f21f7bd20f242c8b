package io.zinx.bench;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.zinx.routing.Router;

/**
 * Routers that wait before they send the body back: as a lock or a timer lets them, or
 * for a service behind a socket, as a database is. The service is one of this process.
 */
final class Waiting {

	private static final int MILLIS = 50;

	private static final int QUERY_MILLIS = 5;

	/** Connections to the service that nobody uses. */
	private static final Deque<Socket> pool = new ConcurrentLinkedDeque<>();

	private static final ServerSocket service = listen();

	private Waiting() {
	}

	/**
	 * Sleeps for 50 ms.
	 */
	static Router sleep() {
		return (request) -> {
			sleep(MILLIS);
			request.reply(request.msgId(), request);
		};
	}

	/**
	 * Reads from a socket for 50 ms.
	 */
	static Router read() {
		return (request) -> {
			ask(MILLIS);
			request.reply(request.msgId(), request);
		};
	}

	/**
	 * Reads from a socket for 5 ms.
	 */
	static Router query() {
		return (request) -> {
			ask(QUERY_MILLIS);
			request.reply(request.msgId(), request);
		};
	}

	private static void sleep(int millis) {
		long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
		while (System.nanoTime() - end < 0) {
			LockSupport.parkNanos(end - System.nanoTime());
		}
	}

	private static void ask(int millis) throws IOException {
		Socket free = pool.poll();
		Socket socket = (free != null) ? free : new Socket(InetAddress.getLoopbackAddress(), service.getLocalPort());
		new DataOutputStream(socket.getOutputStream()).writeInt(millis);
		if (socket.getInputStream().read() < 0) {
			throw new IOException("The service has closed a connection");
		}
		pool.push(socket);
	}

	private static ServerSocket listen() {
		try {
			ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
			start(() -> accept(listening));
			return listening;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "service");
		thread.setDaemon(true);
		thread.start();
	}

	private static void accept(ServerSocket listening) {
		try {
			while (!listening.isClosed()) {
				Socket socket = listening.accept();
				socket.setTcpNoDelay(true);
				start(() -> serve(socket));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void serve(Socket socket) {
		try (socket) {
			DataInputStream in = new DataInputStream(socket.getInputStream());
			while (!socket.isClosed()) {
				sleep(in.readInt());
				socket.getOutputStream().write(1);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
