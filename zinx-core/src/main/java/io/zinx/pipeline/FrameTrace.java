package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.diagnostics.LogThrottle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what one connection reads and writes, in hex, for some time: one line for each
 * read or write, which holds frames as they lie behind each other. First in the pipeline
 * while it is there; costs nothing when it is not. Event loop only.
 */
final class FrameTrace extends ChannelDuplexHandler {

	static final String NAME = "zinx-trace";

	/** The logger of its own, level INFO. */
	static final String LOGGER = "io.zinx.trace";

	/** The most bytes of a line. */
	private static final int LONGEST = 1024;

	/** An event loop must not be held up by a disk that is slower than the connection. */
	private static final int LINES_PER_SECOND = 100;

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final LogThrottle lines;

	private final ChannelConnection connection;

	private final Duration duration;

	private @Nullable Future<?> end;

	FrameTrace(ChannelConnection connection, Duration duration) {
		this.lines = new LogThrottle(LINES_PER_SECOND, connection.clocks().nanoTime());
		this.connection = connection;
		this.duration = duration;
	}

	/**
	 * Trace a channel from now on, instead of as long as it was to be traced until now.
	 */
	static void begin(Channel channel, ChannelConnection connection, Duration duration) {
		end(channel);
		channel.pipeline().addBefore(ZinxPipeline.FRAME_READER, NAME, new FrameTrace(connection, duration));
	}

	private static void end(Channel channel) {
		if (channel.pipeline().get(NAME) != null) {
			channel.pipeline().remove(NAME);
		}
	}

	@Override
	public boolean isSharable() {
		return false;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		Runnable over = () -> end(ctx.channel());
		this.end = ctx.executor().schedule(over, this.duration.toMillis(), TimeUnit.MILLISECONDS);
		logger.info("{} is traced for {}", this.connection, this.duration);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.end != null) {
			this.end.cancel(false);
		}
		logger.info("{} is no longer traced", this.connection);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		log("in", msg);
		ctx.fireChannelRead(msg);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		log("out", msg);
		ctx.write(msg, promise);
	}

	private void log(String direction, Object msg) {
		if (msg instanceof ByteBuf buffer && buffer.isReadable()) {
			this.lines.log((withheld) -> logger.info("{} {} {} bytes: {}{}{}", this.connection, direction,
					buffer.readableBytes(),
					ByteBufUtil.hexDump(buffer, buffer.readerIndex(), Math.min(LONGEST, buffer.readableBytes())),
					(buffer.readableBytes() > LONGEST) ? " and more" : "",
					(withheld > 0) ? " (" + withheld + " more since the last such line)" : ""));
		}
	}

}
