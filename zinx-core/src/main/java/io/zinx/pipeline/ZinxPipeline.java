package io.zinx.pipeline;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.zinx.codec.Frame;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnectionAcceptor;
import io.zinx.dispatch.Dispatcher;
import io.zinx.heartbeat.Heartbeats;
import org.jspecify.annotations.Nullable;

/**
 * The order of the stages on a channel.
 *
 * <pre>
 *            socket
 *              |
 *     [ "zinx-tls", "zinx-tls-gate" ]   with TLS only: encrypts
 *              |
 *       +------+-------+   bytes
 *       | "zinx"       |   codec: cuts frames
 *       |  FrameReader |   connection: counts, notes life
 *       |              |   heartbeat: watches that life
 *       +------+-------+   dispatch: lane
 *              |
 *        worker or event loop -> interceptors, router
 *              |
 *       connection.send -> codec -> outbound -> socket
 * </pre>
 */
public final class ZinxPipeline {

	/** The name of the handler that reads frames. */
	public static final String FRAME_READER = "zinx";

	private final ConnectionAcceptor acceptor;

	private final Dispatcher dispatcher;

	private final FrameCodec codec;

	private final int maxPacketSize;

	private final Heartbeats heartbeats;

	private final @Nullable Retirement retirement;

	private final @Nullable Handshakes handshakes;

	private final Map<EventLoop, Frame> frames = new ConcurrentHashMap<>();

	/**
	 * Describe the pipeline.
	 * @param acceptor admits connections
	 * @param dispatcher handles their messages
	 * @param codec reads frames
	 * @param maxPacketSize the longest body, in bytes
	 * @param heartbeats watches over connections
	 */
	public ZinxPipeline(ConnectionAcceptor acceptor, Dispatcher dispatcher, FrameCodec codec, int maxPacketSize,
			Heartbeats heartbeats) {
		this(acceptor, dispatcher, codec, maxPacketSize, heartbeats, null, null);
	}

	/**
	 * Describe the pipeline.
	 * @param acceptor admits connections
	 * @param dispatcher handles their messages
	 * @param codec reads frames
	 * @param maxPacketSize the longest body, in bytes
	 * @param heartbeats watches over connections
	 * @param retirement lets connections leave that have lasted long enough; {@code null}
	 * if they may stay
	 * @param handshakes puts TLS in front; {@code null} for plain text
	 */
	public ZinxPipeline(ConnectionAcceptor acceptor, Dispatcher dispatcher, FrameCodec codec, int maxPacketSize,
			Heartbeats heartbeats, @Nullable Retirement retirement, @Nullable Handshakes handshakes) {
		this.acceptor = acceptor;
		this.dispatcher = dispatcher;
		this.codec = codec;
		this.maxPacketSize = maxPacketSize;
		this.heartbeats = heartbeats;
		this.retirement = retirement;
		this.handshakes = handshakes;
	}

	/**
	 * The handler that assembles the pipeline of each accepted channel.
	 * @return a handler for {@code ServerBootstrap.childHandler}
	 */
	public ChannelHandler initializer() {
		return new Initializer();
	}

	private void assemble(Channel channel, ChannelConnection connection) {
		FrameReader reader;
		try {
			reader = new FrameReader(channel, connection, this.codec, this.maxPacketSize, frame(channel),
					this.dispatcher::newLane, this.heartbeats.newPulse(connection, channel.eventLoop()));
			if (this.handshakes != null) {
				this.handshakes.begin(channel, connection);
			}
		}
		catch (Throwable ex) {
			connection.broken(ex);
			connection.ended();
			throw ex;
		}
		connection.flow(reader);
		channel.pipeline().addLast(FRAME_READER, reader);
		if (this.retirement != null) {
			this.retirement.watch(channel, connection, reader);
		}
		if (this.acceptor.isStopped()) {
			connection.close(CloseReason.SERVER_STOPPING);
		}
	}

	private Frame frame(Channel channel) {
		return this.frames.computeIfAbsent(channel.eventLoop(), (loop) -> new Frame());
	}

	private final class Initializer extends ChannelInitializer<Channel> {

		@Override
		public boolean isSharable() {
			return true;
		}

		@Override
		protected void initChannel(Channel channel) {
			ZinxPipeline.this.acceptor.accept(channel, (connection) -> assemble(channel, connection));
		}

	}

}
