package io.zinx.pipeline;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.codec.FrameCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.eventloop.LoopLocal;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.lane.LaneFactory;
import io.zinx.link.Link;
import io.zinx.link.LinkInitializer;
import io.zinx.link.Links;
import io.zinx.transport.ReadBuffers;
import org.jspecify.annotations.Nullable;

/**
 * The order of the stages on a channel.
 *
 * <pre>
 *            socket
 *              |
 *     [ "zinx-drain" ]                  while the connection drains
 *              |
 *     [ "zinx-proxy" ]                  link: reads a PROXY header, until it is read
 *     [ "zinx-first-bytes" ]            link: until the client's protocol is known
 *     [ "zinx-tls", "zinx-tls-gate" ]   link: encrypts
 *              |
 *     [ "zinx-upgrade" ]                link: reads an HTTP request, until it is answered
 *     [ "zinx-websocket" ]              link: reads WebSocket frames
 *              |
 *     [ "zinx-trace" ]                  while the connection is traced
 *              |
 *       +------+-------+   bytes
 *       | "zinx"       |   codec: decodes frames
 *       |  FrameReader |   connection: counts, records signs of life
 *       |              |   heartbeat: checks for signs of life
 *       +------+-------+   lane, behind the answers to heartbeats, and behind a gate
 *              |             while late messages are refused
 *              |
 *        worker or event loop -> interceptors, router
 *              |
 *       connection.send -> codec -> outbound -> socket
 * </pre>
 *
 * With a handshake, the stages after the link are added when it has succeeded; the client
 * has no connection before. A channel that finds no slot has a handler of the policy for
 * a full server instead of them, which waits or sends a message and closes.
 */
public final class ZinxPipeline {

	/** The name of the {@link FrameReader} in the pipeline. */
	public static final String FRAME_READER = "zinx";

	private final LaneFactory lanes;

	private final Heartbeats heartbeats;

	private final @Nullable MaxAge maxAge;

	private final @Nullable Links links;

	private final LoopLocal<CutterContext> cutting;

	private final LoopLocal<ReadBuffers> readBuffers;

	/**
	 * Create a pipeline without TLS, maximum age and bound on memory.
	 * @param lanes the factory of lanes
	 * @param codec the wire format
	 * @param maxPacketSize the longest body, in bytes
	 * @param heartbeats the timeouts
	 */
	public ZinxPipeline(LaneFactory lanes, FrameCodec codec, int maxPacketSize, Heartbeats heartbeats) {
		this(lanes, ReadPlan.unbounded(codec, maxPacketSize), heartbeats, null, null);
	}

	/**
	 * Create a pipeline.
	 * @param lanes the factory of lanes
	 * @param plan the settings of reading
	 * @param heartbeats the timeouts
	 * @param maxAge the maximum age of connections; {@code null} for none
	 * @param links the begins of links; {@code null} if all are plain
	 */
	public ZinxPipeline(LaneFactory lanes, ReadPlan plan, Heartbeats heartbeats, @Nullable MaxAge maxAge,
			@Nullable Links links) {
		this.lanes = lanes;
		this.heartbeats = heartbeats;
		this.maxAge = maxAge;
		this.links = links;
		FrameFault faults = new FrameFault(plan.codec(), System::nanoTime);
		this.cutting = new LoopLocal<>(
				(loop) -> new CutterContext(plan.codec(), plan.maxPacketSize(), faults, plan.budget().share(loop)));
		this.readBuffers = ReadBuffers.perLoop(plan.readBlocks());
	}

	/**
	 * Create the handler that passes each accepted channel to admission and assembles its
	 * pipeline.
	 * @param acceptor admits connections
	 * @return a handler for {@code ServerBootstrap.childHandler}
	 */
	public ChannelHandler initializer(ConnectionAcceptor acceptor) {
		return new Initializer(acceptor);
	}

	/**
	 * Assemble the pipeline of a connection. On its event loop, before anything is read.
	 * @param channel its channel
	 * @param connection the connection; ended if this fails
	 */
	public void assemble(Channel channel, ChannelConnection connection) {
		FrameReader reader;
		try {
			reader = new FrameReader(this.cutting.of(channel.eventLoop()), connection, this.lanes,
					this.heartbeats.newKeepAlive(connection, channel.eventLoop()));
			connectLink(channel, connection);
		}
		catch (Throwable ex) {
			connection.failed();
			connection.ended();
			throw ex;
		}
		if (this.heartbeats.answersAtOnce()) {
			reader.gate((lane) -> new HeartbeatAnswers(lane, connection, this.heartbeats));
		}
		connection.readSide(reader);
		channel.pipeline().addLast(FRAME_READER, reader);
		if (this.maxAge != null) {
			this.maxAge.watch(channel, connection, reader);
		}
	}

	/**
	 * Connect to the link, or read plain bytes into the blocks of the event loop. Other
	 * links need Netty's buffers, because TLS appends to the buffers it was given.
	 */
	private void connectLink(Channel channel, ChannelConnection connection) {
		Link link = Link.of(channel);
		if (link != Link.PLAIN) {
			link.connected(connection);
		}
		else {
			this.readBuffers.of(channel.eventLoop()).use(channel);
		}
	}

	private final class Initializer extends ChannelInitializer<Channel> {

		private final ConnectionAcceptor acceptor;

		Initializer(ConnectionAcceptor acceptor) {
			this.acceptor = acceptor;
		}

		@Override
		public boolean isSharable() {
			return true;
		}

		@Override
		protected void initChannel(Channel channel) {
			Links all = ZinxPipeline.this.links;
			LinkInitializer links = (all != null) ? all.of(channel) : null;
			if (links != null) {
				links.begin(channel, this.acceptor.beginHandshake(channel), this::admit);
			}
			else {
				admit(channel);
			}
		}

		private void admit(Channel channel) {
			this.acceptor.accept(channel, (connection) -> {
				assemble(channel, connection);
				if (this.acceptor.isStopped()) {
					connection.close(CloseReason.SERVER_STOPPING);
				}
			});
		}

	}

}
