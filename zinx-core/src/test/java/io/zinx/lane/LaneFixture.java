package io.zinx.lane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionListener;
import io.zinx.connection.ReadSide;
import io.zinx.diagnostics.Clocks;
import io.zinx.metrics.HandlerTiming;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.Execution;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.testing.TestConnections;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;

/**
 * The lane of a connection without a socket. A test says what the peer sends and reads,
 * and when the event loop and the runners run.
 */
final class LaneFixture implements AutoCloseable, Reader {

	/** More bytes than a connection holds without being congested. */
	static final int MUCH = 300_000;

	private static final int ENDLESS = 10_000;

	private static final Map<String, Long> NUMBERS = Map.of("note", 1L, "later", 2L, "fail", 3L, "threads", 4L, "loop",
			5L, "flood", 6L, "unknown", 4_294_967_295L);

	/** What was handled, in order. */
	final List<String> calls = Collections.synchronizedList(new ArrayList<>());

	/** Who has handled it. */
	final List<String> places = Collections.synchronizedList(new ArrayList<>());

	/** The answers that come later. */
	final List<CompletableFuture<String>> answers = new ArrayList<>();

	final RouteRegistry routes = new RouteRegistry();

	final ServerMetrics metrics = new ServerMetrics();

	final SlowChannel channel = new SlowChannel();

	final ManualRunner home = new ManualRunner(0);

	final ManualRunner threads = new ManualRunner(1);

	final QueueBound bound;

	final ChannelConnection connection;

	final LaneLoop loop;

	private final List<ConnectionListener> listeners = new ArrayList<>();

	private final List<ByteBuf> buffers = new ArrayList<>();

	private int maxTasks = 1000;

	private Duration asyncTimeout = Duration.ZERO;

	private Consumer<String> inside = (text) -> {
	};

	private @Nullable HandlerInvoker handling;

	private @Nullable Lane lane;

	private int begun;

	private int resumed;

	private int held;

	/** Any thread adds. */
	private final AtomicInteger givenBack = new AtomicInteger();

	private int looks;

	LaneFixture() {
		this(new QueueBound(1000));
	}

	LaneFixture(QueueBound bound) {
		this.bound = bound;
		ConnManager manager = new ConnManager(() -> 1, this.metrics);
		this.connection = TestConnections.accept(TestConnections.acceptor(manager, new TlvCodec(), Clocks.SYSTEM),
				this.channel);
		this.connection.readSide(new LaneReadSide());
		this.channel.pipeline().addLast(new LaneEvents());
		this.channel.inTurns(true);
		this.loop = new LaneLoop(this.channel.eventLoop(), this.connection.outbox(), List.of(this.home, this.threads),
				null, HandlerTiming.ALL);
		this.routes.add(1, this::note, "note");
		this.routes.add(2, this::later, "later");
		this.routes.add(3, this::fail, "fail");
		this.routes.add(6, this::flood, "flood");
	}

	private void note(Request request) {
		String text = request.bodyAsString();
		this.places.add(this.home.isRunning() ? "home" : this.threads.isRunning() ? "threads" : "loop");
		this.calls.add(text);
		this.inside.accept(text);
	}

	private void later(Request request) {
		note(request);
		CompletableFuture<String> answer = new CompletableFuture<>();
		this.answers.add(answer);
		request.answerLater(answer);
	}

	private void fail(Request request) {
		note(request);
		throw new IllegalStateException("on purpose");
	}

	private void flood(Request request) {
		note(request);
		request.connection().send(1, new byte[MUCH]);
	}

	LaneFixture maxTasks(int maxTasks) {
		this.maxTasks = maxTasks;
		return this;
	}

	LaneFixture asyncTimeout(Duration asyncTimeout) {
		this.channel.freezeTime();
		this.asyncTimeout = asyncTimeout;
		return this;
	}

	LaneFixture listener(ConnectionListener listener) {
		this.listeners.add(listener);
		return this;
	}

	/**
	 * Hear of the hooks among the calls.
	 */
	LaneFixture noteHooks() {
		return listener(new HookNotes(this.calls));
	}

	/**
	 * Do something while each message is handled.
	 */
	void inside(Consumer<String> inside) {
		this.inside = inside;
	}

	HandlerInvoker handling() {
		HandlerInvoker present = this.handling;
		if (present == null) {
			present = new HandlerInvoker(this.routes.close(), this.listeners, this.metrics, null, this.maxTasks,
					this.asyncTimeout);
			this.handling = present;
		}
		return present;
	}

	/**
	 * Make a lane that the home runner runs.
	 */
	QueueLane queueLane() {
		return take(new QueueLane(this.connection, handling(), this,
				new LaneBinding(this.home, this.bound, this.loop, null)));
	}

	/**
	 * Make a lane whose messages "threads" and "loop" are for other runners.
	 */
	QueueLane movingLane() {
		this.routes.add(4, this::note, "threads", Execution.VIRTUAL_THREAD);
		this.routes.add(5, this::note, "loop", Execution.EVENT_LOOP);
		RunnerChoice choice = new RunnerChoice(Execution.WORKER, this.loop.runner(), this.home, this.threads,
				handling().routes());
		return take(new QueueLane(this.connection, handling(), this,
				new LaneBinding(this.home, this.bound, this.loop, choice)));
	}

	/**
	 * Make a lane that the event loop runs as frames are cut.
	 */
	LoopLane loopLane() {
		return take(new LoopLane(this.connection, this.channel.eventLoop(), handling(), this));
	}

	private <T extends Lane> T take(T made) {
		this.lane = made;
		this.connection.lane(made);
		return made;
	}

	Lane lane() {
		return Objects.requireNonNull(this.lane, "No lane was made");
	}

	/**
	 * The texts of messages to note, from 1 on.
	 */
	static String[] notes(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((i) -> "note " + i).toArray(String[]::new);
	}

	/**
	 * What is handled of those.
	 */
	static List<String> numbers(int from, int to) {
		return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toList();
	}

	/**
	 * The peer sends messages, which are read together: each is the name of its number
	 * and its text.
	 * @return how many of them the lane has taken
	 */
	int receive(String... messages) {
		ByteBuf buffer = this.channel.alloc().buffer();
		this.buffers.add(buffer);
		try {
			int granted = lane().open(buffer, messages.length);
			return (granted == 0) ? 0 : cut(buffer, messages, granted);
		}
		finally {
			buffer.release();
		}
	}

	private int cut(ByteBuf buffer, String[] messages, int granted) {
		int taken = 0;
		boolean more = true;
		while (more && taken < granted) {
			String[] message = messages[taken++].split(" ", 2);
			int at = buffer.writerIndex();
			int length = buffer.writeCharSequence(message[1], StandardCharsets.UTF_8);
			more = lane().frame(Objects.requireNonNull(NUMBERS.get(message[0])), at, length);
		}
		lane().close();
		lane().readComplete();
		return taken;
	}

	/**
	 * Whether bytes that were read are still held.
	 */
	boolean holdsBuffers() {
		return this.buffers.stream().anyMatch((buffer) -> buffer.refCnt() > 0);
	}

	/**
	 * Fill the connection until it is congested, with a peer that does not read.
	 */
	void congest() {
		this.channel.readByPeer(false);
		this.connection.send(1, new byte[MUCH]);
		this.connection.flush();
	}

	/**
	 * The peer reads everything.
	 */
	void peerReads() {
		this.channel.readByPeer(true);
		this.channel.flush();
		this.connection.flush();
		this.channel.releaseOutbound();
	}

	/**
	 * Run the tasks of the event loop, and what follows from them.
	 */
	void runLoop() {
		this.channel.runLoop();
	}

	/**
	 * The socket is closed.
	 */
	void closeSocket() {
		this.channel.close();
		runLoop();
	}

	/**
	 * Run event loop and runners until none has anything to do.
	 */
	void settle() {
		int rounds = 0;
		boolean ran = true;
		while (ran) {
			runLoop();
			ran = this.home.runAll();
			ran = this.threads.runAll() || ran;
			ran = this.channel.hasPendingTasks() || ran;
			if (++rounds > ENDLESS) {
				throw new AssertionError("The lane never comes to rest");
			}
		}
	}

	@Override
	public void begin() {
		this.begun++;
	}

	@Override
	public void resume() {
		this.resumed++;
	}

	@Override
	public void held(int bytes) {
		this.held += bytes;
	}

	@Override
	public void givenBack(int bytes) {
		this.givenBack.addAndGet(bytes);
	}

	@Override
	public void lookAgain() {
		this.looks++;
	}

	/**
	 * The memory that the lane holds.
	 */
	int holds() {
		return this.held - this.givenBack.get();
	}

	/**
	 * The number of times the lane has told that it holds less.
	 */
	int looks() {
		return this.looks;
	}

	/**
	 * How often reading was begun.
	 */
	int begun() {
		return this.begun;
	}

	/**
	 * How often reading was told to go on.
	 */
	int resumed() {
		return this.resumed;
	}

	@Override
	public void close() {
		closeSocket();
		this.answers.forEach((answer) -> answer.complete("at the end"));
		settle();
		this.channel.inTurns(false);
		this.channel.finishAndReleaseAll();
		if (holds() != 0) {
			throw new AssertionError("The lane has not given back " + holds() + " bytes");
		}
		if (holdsBuffers()) {
			throw new AssertionError("The lane still holds bytes that were read");
		}
	}

	/**
	 * A channel whose peer reads when a test says so.
	 */
	static final class SlowChannel extends EmbeddedChannel {

		private boolean readByPeer = true;

		/** Whether tasks wait for {@link #runLoop()}; before and behind the test not. */
		private boolean inTurns;

		/**
		 * Whether the peer reads.
		 */
		void readByPeer(boolean readByPeer) {
			this.readByPeer = readByPeer;
		}

		/**
		 * Whether tasks wait for their turn, instead of being run as soon as something is
		 * written.
		 */
		void inTurns(boolean inTurns) {
			this.inTurns = inTurns;
		}

		@Override
		public void runPendingTasks() {
			if (!this.inTurns) {
				super.runPendingTasks();
			}
		}

		void runLoop() {
			int rounds = 0;
			do {
				super.runPendingTasks();
			}
			while (hasPendingTasks() && ++rounds < ENDLESS);
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) throws Exception {
			if (this.readByPeer) {
				super.doWrite(in);
			}
		}

	}

	/**
	 * The things a lane hears from the reader of frames.
	 */
	private final class LaneEvents extends ChannelInboundHandlerAdapter {

		@Override
		public void channelWritabilityChanged(ChannelHandlerContext ctx) {
			LaneFixture.this.connection.flush();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
			if (cause instanceof IOException) {
				LaneFixture.this.connection.broken(cause);
				return;
			}
			ctx.fireExceptionCaught(cause);
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			LaneFixture.this.connection.socketClosed();
			if (LaneFixture.this.lane != null) {
				LaneFixture.this.lane.socketClosed();
			}
		}

	}

	private final class LaneReadSide implements ReadSide {

		@Override
		public void congested() {
			lane().congested();
		}

		@Override
		public void relieved() {
			if (LaneFixture.this.lane != null) {
				LaneFixture.this.lane.relieved();
			}
		}

		@Override
		public void stopReading() {
		}

		@Override
		public void linger() {
		}

		@Override
		public void discard() {
		}

	}

}
