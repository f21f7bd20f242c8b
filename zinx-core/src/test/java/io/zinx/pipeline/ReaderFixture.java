package io.zinx.pipeline;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.diagnostics.Clocks;
import io.zinx.heartbeat.KeepAlive;
import io.zinx.heartbeat.ReadState;
import io.zinx.inbound.InboundBudget;
import io.zinx.inbound.InboundSettings;
import io.zinx.lane.Lane;
import io.zinx.lane.Reader;
import io.zinx.message.Message;
import io.zinx.testing.TestConnections;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reads TLV from a channel without a socket. Its time stands still but
 * when a test lets it pass, its peer reads what a test lets it read, and its lane begins
 * to read when a test says so.
 */
final class ReaderFixture implements AutoCloseable {

	final BlockableChannel channel = new BlockableChannel();

	final ChannelConnection connection;

	final FrameReader reader;

	/** The messages that the lane was given, and what it was told of the end. */
	final List<String> events = new ArrayList<>();

	/** What the lane was told of the peer that does not read. */
	final List<String> congestion = new ArrayList<>();

	/** What the watch was told. */
	final List<ReadState> readStates = new ArrayList<>();

	final InboundBudget budget;

	private int room = Integer.MAX_VALUE;

	/** The memory that the lane holds for each message. */
	private int memory;

	private int givenBack;

	/** Whether the lane is to tell that it holds less. */
	boolean tells;

	private long nanos;

	/** The tasks that the lane has not run, while it is busy. */
	private @Nullable Queue<Runnable> tasks;

	ReaderFixture() {
		this(new InboundSettings(1 << 30, 1 << 30));
	}

	ReaderFixture(InboundSettings settings) {
		this.budget = new InboundBudget("test", settings, 0);
		this.channel.freezeTime();
		this.channel.config().setAutoRead(false);
		this.connection = TestConnections.accept(this.channel, new TlvCodec(),
				new Clocks(InstantSource.system(), () -> this.nanos));
		this.reader = new FrameReader(
				new CutterContext(new TlvCodec(), 4096, this.budget.share(this.channel.eventLoop())), this.connection,
				(conn, loop, owner) -> laneOf(conn, owner), new NotingKeepAlive());
		this.connection.readSide(this.reader);
		this.channel.pipeline().addLast(ZinxPipeline.FRAME_READER, this.reader);
	}

	private Lane laneOf(ChannelConnection connection, Reader reader) {
		NotingLane lane = new NotingLane(reader);
		connection.lane(lane);
		return lane;
	}

	/**
	 * A fixture whose lane has started.
	 */
	static ReaderFixture begun() {
		ReaderFixture fixture = new ReaderFixture();
		fixture.reader.begin();
		return fixture;
	}

	/**
	 * Let the lane have so much room from now on.
	 */
	void room(int messages) {
		this.room = messages;
	}

	/**
	 * Let the lane hold so much memory for each message from now on.
	 */
	void memory(int bytes) {
		this.memory = bytes;
	}

	/**
	 * The lane gives memory back.
	 */
	void giveBack(int bytes) {
		this.givenBack += bytes;
		this.reader.givenBack(bytes);
	}

	/**
	 * Let the lane run no tasks from now on.
	 */
	void busy() {
		this.tasks = new ArrayDeque<>();
	}

	/**
	 * Let the lane run the tasks that wait, and all that come.
	 */
	void idle() {
		Queue<Runnable> waiting = Objects.requireNonNull(this.tasks);
		this.tasks = null;
		waiting.forEach(Runnable::run);
		this.channel.runPendingTasks();
	}

	/**
	 * The socket gives these bytes, and could have given more.
	 */
	void read(byte[] bytes) {
		this.channel.pipeline().fireChannelRead(this.channel.alloc().buffer(bytes.length + 1).writeBytes(bytes));
		this.channel.pipeline().fireChannelReadComplete();
	}

	/**
	 * The socket gives these bytes, which is all there was room for.
	 */
	void readAllThereIsRoomFor(byte[] bytes) {
		this.channel.pipeline()
			.fireChannelRead(this.channel.alloc().buffer(bytes.length, bytes.length).writeBytes(bytes));
		this.channel.pipeline().fireChannelReadComplete();
	}

	void read(String text) {
		read(frame(text));
	}

	static byte[] frame(String text) {
		ByteBuf frame = Unpooled.buffer();
		frame.writeInt(1).writeInt(text.length()).writeCharSequence(text, StandardCharsets.US_ASCII);
		return ByteBufUtil.getBytes(frame);
	}

	boolean isRead() {
		return this.channel.config().isAutoRead();
	}

	/**
	 * More is sent than may wait for a peer that does not read.
	 */
	void congest() {
		this.channel.blocked = true;
		this.connection.send(1, new byte[300_000]);
		this.connection.flush();
	}

	/**
	 * The peer reads all that waits for it.
	 */
	void relieve() {
		this.channel.blocked = false;
		this.channel.flush();
		this.channel.runPendingTasks();
	}

	/**
	 * Let time pass in small steps.
	 */
	void pass(Duration time) {
		for (long left = time.toMillis(); left > 0; left--) {
			this.nanos += TimeUnit.MILLISECONDS.toNanos(1);
			this.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
			this.channel.runPendingTasks();
		}
	}

	void pass(long millis) {
		pass(Duration.ofMillis(millis));
	}

	/**
	 * Whether something is to be done when time passes.
	 */
	boolean hasTimer() {
		return this.channel.runScheduledPendingTasks() != -1;
	}

	/**
	 * What the peer has read since the last call.
	 */
	List<Message> written() {
		List<Message> messages = new ArrayList<>();
		this.channel.runPendingTasks();
		for (ByteBuf buffer = this.channel.readOutbound(); buffer != null; buffer = this.channel.readOutbound()) {
			while (buffer.isReadable()) {
				long msgId = buffer.readUnsignedInt();
				byte[] body = new byte[buffer.readInt()];
				buffer.readBytes(body);
				messages.add(new Message(msgId, body));
			}
			buffer.release();
		}
		return messages;
	}

	@Override
	public void close() {
		this.channel.blocked = false;
		this.channel.close();
		this.reader.discard();
		this.channel.releaseOutbound();
	}

	/**
	 * A channel whose peer does not read while it is blocked.
	 */
	static final class BlockableChannel extends EmbeddedChannel {

		private boolean blocked;

		/** The memory of the kernel in bytes; {@code null} if there is none. */
		@Nullable Integer receiveBuffer;

		private @Nullable ChannelConfig config;

		@Override
		public ChannelConfig config() {
			ChannelConfig present = this.config;
			if (present == null) {
				present = new Config(this);
				this.config = present;
			}
			return present;
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) throws Exception {
			if (!this.blocked) {
				super.doWrite(in);
			}
		}

	}

	private static final class Config extends DefaultChannelConfig {

		Config(BlockableChannel channel) {
			super(channel);
		}

		@Override
		@SuppressWarnings({ "unchecked", "NullAway", "TypeParameterUnusedInFormals" })
		public <T> T getOption(ChannelOption<T> option) {
			return ChannelOption.SO_RCVBUF.equals(option) ? (T) ((BlockableChannel) this.channel).receiveBuffer
					: super.getOption(option);
		}

	}

	private final class NotingKeepAlive implements KeepAlive {

		@Override
		public void begin() {
		}

		@Override
		public void readState(ReadState state) {
			ReaderFixture.this.readStates.add(state);
		}

		@Override
		public void frameBegun() {
		}

		@Override
		public void frameEnded() {
		}

		@Override
		public void end() {
		}

	}

	private final class NotingLane implements Lane {

		private final Reader reader;

		private @Nullable ByteBuf buffer;

		NotingLane(Reader reader) {
			this.reader = reader;
		}

		@Override
		public void start() {
			this.reader.begin();
		}

		@Override
		public int open(ByteBuf buffer, int wanted) {
			this.buffer = buffer;
			return Math.min(wanted, ReaderFixture.this.room);
		}

		@Override
		public boolean frame(long msgId, int bodyIndex, int bodyLength) {
			ByteBuf opened = this.buffer;
			if (opened != null) {
				ReaderFixture.this.events.add(opened.toString(bodyIndex, bodyLength, StandardCharsets.US_ASCII));
			}
			ReaderFixture.this.room--;
			this.reader.held(ReaderFixture.this.memory);
			return true;
		}

		@Override
		public void close() {
			this.buffer = null;
		}

		@Override
		public int givenBack() {
			return ReaderFixture.this.givenBack;
		}

		@Override
		public void tellWhenLess(boolean tell) {
			ReaderFixture.this.tells = tell;
		}

		@Override
		public void readComplete() {
		}

		@Override
		public void end(CloseReason reason) {
			ReaderFixture.this.events.add("end " + reason);
		}

		@Override
		public void socketClosed() {
			ReaderFixture.this.events.add("closed");
		}

		@Override
		public void congested() {
			ReaderFixture.this.congestion.add("congested");
		}

		@Override
		public void relieved() {
			ReaderFixture.this.congestion.add("relieved");
		}

		@Override
		public boolean execute(Runnable task) {
			Queue<Runnable> waiting = ReaderFixture.this.tasks;
			if (waiting != null) {
				return waiting.add(task);
			}
			task.run();
			return true;
		}

	}

}
