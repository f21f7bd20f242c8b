package io.zinx.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import io.zinx.connection.ChannelConnection;
import io.zinx.diagnostics.LogThrottle;
import io.zinx.link.Link;
import io.zinx.outbound.Envelope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trace of one connection: logs the bytes it reads and writes, in hex, for some time,
 * with one line for each read or write, which may contain several frames. In front of the
 * reader while a trace is active; without one there is no cost. Event loop only.
 */
final class FrameTrace extends ChannelDuplexHandler {

	static final String NAME = "zinx-trace";

	/** The name of the logger; lines have level INFO. */
	static final String LOGGER = "io.zinx.trace";

	/** The most bytes of a line. */
	private static final int LONGEST = 1024;

	/** The most lines in a second, because a slow disk must not delay the event loop. */
	private static final int LINES_PER_SECOND = 100;

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	private final LogThrottle lines;

	private final ChannelConnection connection;

	private final Duration duration;

	/** The bytes of the WebSocket message that are still to be written. */
	private long rest;

	private @Nullable Future<?> end;

	FrameTrace(ChannelConnection connection, Duration duration) {
		this.lines = new LogThrottle(LINES_PER_SECOND, connection.clocks().nanoTime());
		this.connection = connection;
		this.duration = duration;
	}

	/**
	 * Begin a trace of a channel, which replaces one that is active.
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
		Link.of(ctx.channel()).traced(true);
		this.end = ctx.executor().schedule(over, this.duration.toMillis(), TimeUnit.MILLISECONDS);
		logger.info("{} is traced for {}", this.connection, this.duration);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		if (this.end != null) {
			this.end.cancel(false);
		}
		Link.of(ctx.channel()).traced(false);
		logger.info("{} is no longer traced", this.connection);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		log("in", msg);
		ctx.fireChannelRead(msg);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (this.connection.webSocket() != null && msg instanceof ByteBuf messages) {
			logWithoutHeads(messages.duplicate());
		}
		else {
			log("out", msg);
		}
		ctx.write(msg, promise);
	}

	private void logWithoutHeads(ByteBuf messages) {
		ByteBuf bytes = Unpooled.buffer(messages.readableBytes());
		while (messages.isReadable()) {
			if (this.rest == 0) {
				this.rest = Envelope.readHead(messages);
			}
			int length = (int) Math.min(this.rest, messages.readableBytes());
			bytes.writeBytes(messages, length);
			this.rest -= length;
		}
		log("out", bytes);
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
