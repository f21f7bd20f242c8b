package io.zinx.link;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketHandlerTests implements LinkListener {

	private static final long PING_SECONDS = 30;

	private int reads;

	private int signsOfLife;

	private int inputEnds;

	private final WebSocketDecoder decoder = new WebSocketDecoder(1024, null);

	private EmbeddedChannel channel = channel(0);

	private EmbeddedChannel channel(long pingSeconds) {
		return new EmbeddedChannel(new WebSocketHandler(() -> this, () -> new WebSocketClose(4001, "kicked"),
				() -> this.reads++, this.decoder, TimeUnit.SECONDS.toNanos(pingSeconds)),
				new ChannelInboundHandlerAdapter() {
					@Override
					public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
						WebSocketHandlerTests.this.inputEnds += (event instanceof ChannelInputShutdownEvent) ? 1 : 0;
					}
				});
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Override
	public boolean isOpen() {
		return true;
	}

	@Override
	public void linkFailed() {
	}

	@Override
	public void signOfLife() {
		this.signsOfLife++;
	}

	private static ByteBuf bytes(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
	}

	private String read() {
		ByteBuf read = this.channel.readInbound();
		if (read == null) {
			return "nothing";
		}
		String text = read.toString(StandardCharsets.US_ASCII);
		read.release();
		return text;
	}

	@Test
	void whatFramesCarryIsAStream() {
		this.channel.writeInbound(new BinaryWebSocketFrame(false, 0, bytes("a")),
				new ContinuationWebSocketFrame(true, 0, bytes("b")), new TextWebSocketFrame(bytes("c")),
				new BinaryWebSocketFrame(Unpooled.EMPTY_BUFFER));
		assertThat(read() + read() + read()).isEqualTo("abc");
		assertThat(read()).isEqualTo("nothing");
		assertThat(this.signsOfLife).isZero();
	}

	@Test
	void messagesAreWrittenPastTheHandlersUnlessTheyAreTraced() {
		assertThat(this.decoder.areUnchanged()).isTrue();
		WebSocketHandler handler = this.channel.pipeline().get(WebSocketHandler.class);
		handler.traced(true);
		assertThat(this.decoder.areUnchanged()).isFalse();
		handler.traced(false);
		assertThat(this.decoder.areUnchanged()).isTrue();
	}

	@Test
	void nothingIsWrittenPastADecoderWhoseHandlerIsNotThereYet() {
		assertThat(new WebSocketDecoder(1024, null).areUnchanged()).isFalse();
	}

	@Test
	void aPingIsAnsweredAndASignOfLife() {
		this.channel.writeInbound(new PingWebSocketFrame(bytes("ping")), new PongWebSocketFrame(bytes("pong")));
		PongWebSocketFrame pong = this.channel.readOutbound();
		assertThat(pong.content().toString(StandardCharsets.US_ASCII)).isEqualTo("ping");
		pong.release();
		assertThat(this.channel.<Object>readOutbound()).isNull();
		assertThat(this.signsOfLife).isEqualTo(2);
	}

	@Test
	void ofTheManyPingsOfAClientThatDoesNotReadOneIsAnswered() {
		this.channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(1, 2));
		this.channel.write(bytes("more than the water mark"));
		assertThat(this.channel.isWritable()).isFalse();
		for (int number = 0; number < 1000; number++) {
			this.channel.writeInbound(new PingWebSocketFrame(bytes("ping " + number)));
		}
		assertThat(this.channel.<Object>readOutbound()).isNull();
		this.channel.flush();
		((ByteBuf) this.channel.readOutbound()).release();
		PongWebSocketFrame pong = this.channel.readOutbound();
		assertThat(pong.content().toString(StandardCharsets.US_ASCII)).isEqualTo("ping 999");
		pong.release();
		assertThat(this.channel.<Object>readOutbound()).isNull();
		assertThat(this.signsOfLife).isEqualTo(1000);
	}

	@Test
	void aCloseFrameIsTheEndOfTheInput() {
		this.channel.writeInbound(new CloseWebSocketFrame(1000, "bye"), new BinaryWebSocketFrame(bytes("late")),
				new PingWebSocketFrame(bytes("late")));
		assertThat(this.inputEnds).isOne();
		assertThat(read()).isEqualTo("nothing");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void theChannelIsClosedBehindTheReason() {
		this.channel.write(bytes("last"));
		this.channel.close();
		((ByteBuf) this.channel.readOutbound()).release();
		CloseWebSocketFrame close = this.channel.readOutbound();
		assertThat(close.statusCode()).isEqualTo(4001);
		assertThat(close.reasonText()).isEqualTo("kicked");
		close.release();
		assertThat(this.channel.<Object>readOutbound()).isNull();
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void theReasonIsSaidOnceAndNothingIsSaidBehindIt() {
		WebSocketHandler handler = this.channel.pipeline().get(WebSocketHandler.class);
		assertThat(handler.sayClose().isSuccess()).isTrue();
		this.channel.writeInbound(new PingWebSocketFrame(bytes("still there")));
		this.channel.close();
		((CloseWebSocketFrame) this.channel.readOutbound()).release();
		assertThat(this.channel.<Object>readOutbound()).isNull();
	}

	@Test
	void clientsArePingedUntilTheEnd() {
		this.channel.finishAndReleaseAll();
		this.channel = channel(PING_SECONDS);
		this.channel.advanceTimeBy(PING_SECONDS, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		((PingWebSocketFrame) this.channel.readOutbound()).release();
		this.channel.pipeline().get(WebSocketHandler.class).sayClose();
		((CloseWebSocketFrame) this.channel.readOutbound()).release();
		this.channel.advanceTimeBy(PING_SECONDS, TimeUnit.SECONDS);
		this.channel.runScheduledPendingTasks();
		assertThat(this.channel.<Object>readOutbound()).isNull();
	}

}
