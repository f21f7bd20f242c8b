package io.zinx.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * An encrypted connection. Requests that are sent together share records, so that the
 * load costs the client as little as possible. One thread.
 */
final class TlsChannel implements ClientChannel {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private final SocketChannel socket;

	private final SSLEngine engine;

	private final Buffers buffers;

	/** The beginning of a record, until the rest is read. */
	private ByteBuffer begun = NOTHING;

	/** The encrypted bytes that the socket has not accepted yet. */
	private ByteBuffer unsent = NOTHING;

	/**
	 * Create a channel and perform its handshake.
	 * @param socket the socket, which blocks
	 * @param engine the engine of a client
	 * @param buffers the buffers that all channels of the thread share
	 */
	TlsChannel(SocketChannel socket, SSLEngine engine, Buffers buffers) throws IOException {
		this.socket = socket;
		this.engine = engine;
		this.buffers = buffers;
		handshake();
	}

	private void handshake() throws IOException {
		ByteBuffer none = ByteBuffer.allocate(LEAST_SPACE);
		this.engine.beginHandshake();
		proceed();
		while (this.engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
			if (read(none) < 0) {
				throw new EOFException("The server has closed a connection during its handshake");
			}
		}
	}

	/**
	 * Do what the engine needs before it reads on.
	 */
	private void proceed() throws IOException {
		HandshakeStatus status = this.engine.getHandshakeStatus();
		while (status == HandshakeStatus.NEED_TASK || status == HandshakeStatus.NEED_WRAP) {
			if (status == HandshakeStatus.NEED_TASK) {
				this.engine.getDelegatedTask().run();
			}
			else {
				encrypt(NOTHING);
				send();
			}
			status = this.engine.getHandshakeStatus();
		}
	}

	@Override
	public SocketChannel socket() {
		return this.socket;
	}

	@Override
	public int read(ByteBuffer to) throws IOException {
		ByteBuffer received = this.buffers.received.clear().put(this.begun);
		this.begun = NOTHING;
		if (this.socket.read(received) < 0) {
			return -1;
		}
		received.flip();
		int before = to.position();
		Status status = decrypt(received, to);
		this.begun = joined(NOTHING, received);
		return (status == Status.CLOSED) ? -1 : to.position() - before;
	}

	private Status decrypt(ByteBuffer received, ByteBuffer to) throws IOException {
		Status status = Status.OK;
		while (received.hasRemaining() && status == Status.OK) {
			status = this.engine.unwrap(received, to).getStatus();
			proceed();
		}
		if (status == Status.BUFFER_OVERFLOW) {
			throw new IllegalStateException("No space for a record in " + to);
		}
		return status;
	}

	@Override
	public int write(ByteBuffer bytes) throws IOException {
		if (!flush()) {
			return 0;
		}
		int before = bytes.position();
		encrypt(bytes);
		send();
		return bytes.position() - before;
	}

	/**
	 * Encrypt as much as there is space for, at least one record.
	 */
	private void encrypt(ByteBuffer bytes) throws SSLException {
		ByteBuffer sent = this.buffers.sent.clear();
		SSLEngineResult result = this.engine.wrap(bytes, sent);
		while (result.getStatus() == Status.OK && bytes.hasRemaining()) {
			result = this.engine.wrap(bytes, sent);
		}
		sent.flip();
		if (!sent.hasRemaining()) {
			throw new SSLException("Nothing was encrypted: " + result);
		}
	}

	/**
	 * Send what was encrypted, behind what was not accepted before.
	 */
	private void send() throws IOException {
		ByteBuffer sent = this.buffers.sent;
		if (flush()) {
			this.socket.write(sent);
		}
		this.unsent = joined(this.unsent, sent);
	}

	private static ByteBuffer joined(ByteBuffer first, ByteBuffer second) {
		if (!second.hasRemaining()) {
			return first;
		}
		return ByteBuffer.allocate(first.remaining() + second.remaining()).put(first).put(second).flip();
	}

	@Override
	public boolean flush() throws IOException {
		if (this.unsent.hasRemaining()) {
			this.socket.write(this.unsent);
		}
		return !this.unsent.hasRemaining();
	}

	/**
	 * Tell the server that this is the end, and close the socket.
	 */
	@Override
	public void close() throws IOException {
		try (this.socket) {
			this.engine.closeOutbound();
			if (!this.unsent.hasRemaining() && !this.engine.isOutboundDone()) {
				encrypt(NOTHING);
				send();
			}
		}
		catch (IOException ex) {
			// The server has closed it before.
		}
	}

	/**
	 * Buffers for one call, which the channels of a thread share.
	 */
	static final class Buffers {

		/** More than a record, which has at most some 16 KiB. */
		private static final int SIZE = 96 * 1024;

		/** Encrypted bytes that were read. */
		private final ByteBuffer received = ByteBuffer.allocate(SIZE);

		/** Encrypted bytes to be written. */
		private final ByteBuffer sent = ByteBuffer.allocate(SIZE);

	}

}
