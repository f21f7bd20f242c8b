package io.zinx.cluster.redis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A proxy between a client and a server on loopback that can cut, stall and delay what
 * passes. Any thread.
 */
public final class TcpProxy implements AutoCloseable {

	private final ServerSocket listening;

	private final int target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private volatile boolean refusing;

	private volatile boolean stalled;

	private volatile long delayNanos;

	/**
	 * Begin to accept connections.
	 * @param target the port of the server
	 */
	public TcpProxy(int target) {
		this.target = target;
		try {
			this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run("proxy-accept", this::accept);
	}

	/**
	 * The port that clients connect to.
	 * @return the port
	 */
	public int port() {
		return this.listening.getLocalPort();
	}

	/**
	 * Cut all connections, and each new one at once, until {@link #mend}.
	 */
	public void cut() {
		this.refusing = true;
		this.sockets.forEach(TcpProxy::closeQuietly);
	}

	/**
	 * Pass nothing on, in either direction, on connections that stay open.
	 */
	public void stall() {
		this.stalled = true;
	}

	/**
	 * Hold each piece of data back for a time.
	 * @param millis the time
	 */
	public void delay(long millis) {
		this.delayNanos = millis * 1_000_000;
	}

	/**
	 * Pass everything on again, without delay.
	 */
	public void mend() {
		this.refusing = false;
		this.stalled = false;
		this.delayNanos = 0;
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listening.accept();
				if (this.refusing) {
					client.close();
				}
				else {
					connect(client);
				}
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private void connect(Socket client) {
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(client);
			this.sockets.add(server);
			run("proxy-up", () -> pass(client, server));
			run("proxy-down", () -> pass(server, client));
		}
		catch (IOException ex) {
			closeQuietly(client);
		}
	}

	private void pass(Socket from, Socket to) {
		byte[] buffer = new byte[64 << 10];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				hold(from);
				out.write(buffer, 0, length);
			}
		}
		catch (IOException ex) {
			// One of them is closed, so that the other one follows.
		}
		finally {
			closeQuietly(from);
			closeQuietly(to);
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private void hold(Socket from) {
		long end = System.nanoTime() + this.delayNanos;
		while (!from.isClosed() && (this.stalled || end - System.nanoTime() > 0)) {
			LockSupport.parkNanos(500_000);
		}
	}

	private static void run(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void closeQuietly(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// It is closed anyway.
		}
	}

	@Override
	public void close() {
		cut();
		try {
			this.listening.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
