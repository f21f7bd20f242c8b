package io.zinx.traffic;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import javax.net.ssl.SSLContext;

import io.zinx.connection.Connection;
import io.zinx.traffic.Script.Reading;
import io.zinx.traffic.Wire.Received;
import org.jspecify.annotations.Nullable;

/**
 * One client: does what its script says on one thread, and reads on another, which
 * compares all that comes with the script.
 */
final class TrafficClient {

	private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);

	private static final int MOST_SEGMENTS = 1500;

	final Script script;

	final Ledger ledger;

	/** Requests of which something, and of which all, was given to the socket. */
	final AtomicInteger begun = new AtomicInteger();

	final AtomicInteger sent = new AtomicInteger();

	final AtomicLong bytesBegun = new AtomicLong();

	final AtomicLong bytesSent = new AtomicLong();

	/** What was {@link #sent} when the server last began to part from its clients. */
	final AtomicInteger sentBeforeParting = new AtomicInteger();

	final Receiver receiver;

	private final SplittableRandom random;

	volatile boolean connected;

	/** The server has said that nothing more follows. */
	volatile boolean ended;

	/** The failures of reading and of writing. */
	volatile @Nullable IOException broken;

	volatile @Nullable IOException unwritten;

	private volatile boolean closing;

	private volatile boolean holdsBack;

	/** The number of replies after which it last paused. The reading thread only. */
	private int pausedAfter;

	private volatile boolean readerDone;

	TrafficClient(Script script, Ledger ledger, long seed) {
		this.script = script;
		this.ledger = ledger;
		this.receiver = new Receiver(ledger, this.begun::get);
		this.random = Scripts.random(seed, 100_000 + script.client());
	}

	/**
	 * Do all of the script.
	 * @param tls whom to trust, {@code null} for plain text
	 * @param threads runs the reader
	 */
	void run(int port, boolean littleEndian, @Nullable SSLContext tls, Executor threads) throws IOException {
		Wire wire = new Wire(port, littleEndian, this.script.reading(), tls);
		this.connected = true;
		try {
			threads.execute(() -> read(wire));
			write(wire);
			await("the end", () -> this.readerDone);
		}
		finally {
			this.closing = true;
			wire.closeRaw();
		}
	}

	private void write(Wire wire) {
		try {
			for (Step step : this.script.steps()) {
				if (isOver()) {
					return;
				}
				switch (step.what()) {
					case SEND -> send(wire, step);
					case PAUSE -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(step.micros()));
					case AWAIT -> await("replies", () -> isOver() || this.receiver.hasAnswered(this.sent.get()));
				}
			}
			if (!isOver()) {
				end(wire);
			}
		}
		catch (IOException ex) {
			this.unwritten = ex;
		}
		finally {
			this.holdsBack = false;
		}
	}

	/**
	 * Who reads slowly learns late of the end, and bytes that meet a closed socket there
	 * would cost it what it has not read yet.
	 */
	private boolean isOver() {
		Connection connection = this.ledger.connection();
		boolean late = this.script.reading() != Reading.FAST && connection != null && !connection.isOpen();
		return this.ended || this.readerDone || late;
	}

	private void end(Wire wire) throws IOException {
		switch (this.script.end()) {
			case FIN, KICKED -> wire.shutdownOutput();
			case BAD_FRAME -> {
				this.bytesBegun.addAndGet(Wire.HEAD);
				wire.writeBadHead();
				this.bytesSent.addAndGet(Wire.HEAD);
			}
			case FLOOD -> await("the flood's end", () -> this.ledger.ended() != null || this.readerDone);
			case KICK, STAY -> {
			}
			case CLOSE -> {
				this.closing = true;
				wire.close();
			}
			case RESET -> {
				this.closing = true;
				wire.reset();
			}
			case ABRUPT -> {
				this.closing = true;
				wire.closeRaw();
			}
		}
	}

	private void send(Wire wire, Step step) throws IOException {
		int[] ends = new int[step.to() - step.from()];
		int size = 0;
		for (int i = 0; i < ends.length; i++) {
			size += Wire.HEAD + this.script.request(step.from() + i).size();
			ends[i] = size;
		}
		ByteBuffer frames = ByteBuffer.allocate(size);
		for (int index = step.from(); index < step.to(); index++) {
			Kind kind = this.script.request(index).kind();
			if (kind == Kind.FLOOD) {
				this.holdsBack = true;
			}
			wire.append(frames, this.script.msgId(kind), this.script.requestBody(index));
		}
		write(wire, step, frames.array(), ends);
	}

	/**
	 * Write frames in segments.
	 * @param ends where each of them ends
	 */
	private void write(Wire wire, Step step, byte[] frames, int[] ends) throws IOException {
		int size = frames.length;
		int begun = 0;
		int done = 0;
		int segments = 0;
		for (int at = 0; at < size && !isOver();) {
			boolean whole = step.largest() == 0 || segments++ > MOST_SEGMENTS;
			int to = whole ? size : Math.min(size, at + 1 + this.random.nextInt(step.largest()));
			while (begun < ends.length && ((begun == 0) ? 0 : ends[begun - 1]) < to) {
				begun++;
			}
			this.begun.set(step.from() + begun);
			this.bytesBegun.addAndGet(to - at);
			wire.write(frames, at, to);
			this.bytesSent.addAndGet(to - at);
			at = to;
			while (done < ends.length && ends[done] <= at) {
				done++;
			}
			this.sent.set(step.from() + done);
			if (step.micros() > 0 && this.random.nextInt(8) == 0) {
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(step.micros()));
			}
		}
	}

	private void await(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > PATIENCE || Thread.currentThread().isInterrupted()) {
				this.ledger.error("The client waits for " + what + " for ever");
				return;
			}
			LockSupport.parkNanos(100_000);
		}
	}

	private void read(Wire wire) {
		try {
			for (Received next = readNext(wire); next != null; next = readNext(wire)) {
				this.receiver.take(next);
			}
			this.ended = true;
		}
		catch (EOFException ex) {
			this.broken = ex;
			if (!this.closing && this.script.end().isExact()) {
				this.ledger.error("The connection ends inside a message");
			}
		}
		catch (IOException ex) {
			this.broken = ex;
		}
		catch (RuntimeException ex) {
			this.ledger.error("The client cannot go on reading: " + ex);
		}
		finally {
			this.readerDone = true;
		}
	}

	private @Nullable Received readNext(Wire wire) throws IOException {
		int replies = this.receiver.replies.get();
		if (this.script.reading() == Reading.IN_FITS && replies % 50 == 49 && replies != this.pausedAfter) {
			this.pausedAfter = replies;
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
		while (this.holdsBack) {
			LockSupport.parkNanos(1_000_000);
		}
		return wire.read();
	}

	@Override
	public String toString() {
		return "sent " + this.sent + " of " + this.script.requests().size() + " (" + this.bytesSent + " bytes), begun "
				+ this.begun + ", before the parting " + this.sentBeforeParting + ", " + this.receiver
				+ (this.connected ? "" : ", not connected") + (this.ended ? ", end read" : "") + ", reading failed: "
				+ this.broken + ", writing failed: " + this.unwritten;
	}

}
