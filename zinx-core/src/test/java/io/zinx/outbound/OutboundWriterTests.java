package io.zinx.outbound;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.ServerMetrics;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.outbound.OutboundFixture.HEAD;
import static io.zinx.outbound.OutboundFixture.RECORD;
import static io.zinx.outbound.OutboundFixture.listen;
import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.send;
import static io.zinx.outbound.OutboundFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The event loop's side of a way out.
 */
class OutboundWriterTests {

	private static final int MAX = 1 << 20;

	private final SlowSocket socket = new SlowSocket();

	private final Outbound outbound = outbound(this.socket, settings(MAX, 0));

	/** What listeners were told: {@code written}, or the cause. */
	private final List<Object> told = new ArrayList<>();

	@AfterEach
	void end() {
		this.outbound.discard();
		this.socket.end();
	}

	private void told(@Nullable Throwable cause) {
		this.told.add((cause != null) ? cause : "written");
	}

	@Test
	void aFullSocketIsGivenNothingMoreUnlessTheConnectionEnds() {
		this.socket.takes(0);
		raw(this.outbound, 100);
		this.outbound.write(false);
		raw(this.outbound, 50);
		this.outbound.write(false);
		this.socket.takes(100);
		assertThat(this.socket.taken()).hasSize(100);
		assertThat(this.outbound.queued()).isEqualTo(50);
		this.socket.takes(0);
		this.outbound.write(false);
		raw(this.outbound, 25);
		this.outbound.write(true);
		this.socket.takes(75);
		assertThat(this.socket.taken()).hasSize(175);
		assertThat(this.outbound.queued()).isZero();
	}

	@Test
	void writingNothingIsNoWrite() {
		List<String> seen = new ArrayList<>();
		this.socket.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
			@Override
			public void flush(ChannelHandlerContext ctx) {
				seen.add("flush");
				ctx.flush();
			}
		});
		this.outbound.write(true);
		raw(this.outbound, 1);
		this.outbound.write(true);
		this.outbound.write(true);
		assertThat(seen).containsExactly("flush");
	}

	@Test
	void countsAreRightAtEachStepOfAMessagesWay() {
		this.socket.takes(0);
		send(this.outbound, 1, new byte[92]);
		raw(this.outbound, 10);
		counts(1, 110, 110, 0);
		this.outbound.write(false);
		counts(1, 110, 110 + RECORD, 0);
		send(this.outbound, 2, new byte[0]);
		counts(2, 118, 118 + RECORD, 0);
		this.socket.takes(60);
		counts(2, 118, 118 + RECORD, 60);
		this.socket.takes(50);
		counts(2, 118, 8, 110);
		this.socket.takes(Long.MAX_VALUE);
		this.outbound.write(false);
		counts(2, 118, 0, 118);
	}

	private void counts(long messages, long bytes, long queued, long written) {
		assertThat(this.outbound.messages()).isEqualTo(messages);
		assertThat(this.outbound.bytes()).isEqualTo(bytes);
		assertThat(this.outbound.queued()).isEqualTo(queued);
		assertThat(this.outbound.written()).isEqualTo(written);
	}

	/**
	 * What stands between the connection and the socket may make more of it, as TLS does.
	 */
	@Test
	void whatIsWrittenNeverFalls() {
		this.socket.takes(0);
		raw(this.outbound, 10);
		this.socket.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
			@Override
			public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
				ctx.write(message, promise);
				ctx.write(Unpooled.wrappedBuffer(new byte[1000]));
			}
		});
		this.outbound.write(false);
		assertThat(this.outbound.written()).isZero();
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.outbound.written()).isEqualTo(10);
		this.socket.takes(0);
		raw(this.outbound, 5);
		this.outbound.write(false);
		assertThat(this.outbound.written()).isEqualTo(10);
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.outbound.written()).isEqualTo(15);
	}

	@Test
	void whatWasThrownAwayIsNotWritten() {
		raw(this.outbound, 10);
		this.outbound.write(false);
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.outbound.written()).isEqualTo(10);
		this.socket.takes(0);
		raw(this.outbound, 100);
		this.outbound.discard();
		assertThat(this.outbound.written()).isEqualTo(10);
	}

	@Test
	void whatWaitedWhenTheSocketWasClosedIsNotWritten() {
		this.socket.takes(0);
		raw(this.outbound, 100);
		this.outbound.write(false);
		raw(this.outbound, 50);
		assertThat(this.outbound.written()).isZero();
		this.socket.close();
		assertThat(this.outbound.written()).isZero();
	}

	@Test
	void aListenerThatFailsKeepsNoOtherFromBeingTold() {
		List<String> told = new ArrayList<>();
		for (int i = 0; i < 2; i++) {
			listen(this.outbound, 1, (cause) -> told.add("first " + (cause == null)));
			listen(this.outbound, 1, (cause) -> {
				throw new IllegalStateException("on purpose");
			});
			listen(this.outbound, 1, (cause) -> told.add("last " + (cause == null)));
			if (i == 0) {
				this.outbound.write(false);
				this.socket.takes(Long.MAX_VALUE);
			}
		}
		this.outbound.discard();
		assertThat(told).containsExactly("first true", "last true", "first false", "last false");
	}

	@Test
	void theServerCountsWhatIsHandedOver() {
		ServerMetrics metrics = new ServerMetrics();
		Outbound counted = new Outbound(this.socket, new OutboundContext(new TlvCodec(), settings(MAX, 0)),
				metrics.newTrafficCounter());
		send(counted, 1, new byte[2]);
		raw(counted, 3);
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[HEAD]);
		counted.appendFrame(1, frame, true);
		assertThat(metrics.messagesOut() + metrics.bytesOut()).isZero();
		counted.write(false);
		assertThat(metrics.messagesOut()).isEqualTo(2);
		assertThat(metrics.bytesOut()).isEqualTo(HEAD + 2 + 3 + HEAD);
		send(counted, 1, new byte[0]);
		counted.discard();
		assertThat(metrics.messagesOut()).isEqualTo(2);
	}

	@Test
	void listenersAreToldInOrderWhenTheSocketHasTakenTheLastByteOfAllThatWentWithIt() {
		this.socket.takes(0);
		listen(this.outbound, 10, (cause) -> this.told.add("first"));
		listen(this.outbound, 10, (cause) -> this.told.add("second"));
		raw(this.outbound, 10);
		this.outbound.write(false);
		listen(this.outbound, 10, (cause) -> this.told.add("third"));
		this.socket.takes(29);
		assertThat(this.told).isEmpty();
		this.socket.takes(1);
		assertThat(this.told).containsExactly("first", "second");
		this.outbound.write(false);
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.told).containsExactly("first", "second", "third");
	}

	@Test
	void listenersAreToldWithoutACauseAndNeverAgain() {
		listen(this.outbound, 0, this::told);
		listen(this.outbound, 10, this::told);
		this.outbound.write(false);
		this.outbound.close();
		this.outbound.discard();
		this.socket.end();
		assertThat(this.told).containsExactly("written", "written");
	}

	@Test
	void theListenerOfARefusedMessageIsNotTold() {
		this.outbound.close();
		listen(this.outbound, 10, this::told);
		this.outbound.write(true);
		this.outbound.discard();
		assertThat(this.told).isEmpty();
	}

	@Test
	void listenersAreToldOnceIfTheSocketClosesBeforeTheLastByte() {
		this.socket.takes(9);
		listen(this.outbound, 10, this::told);
		this.outbound.write(false);
		listen(this.outbound, 10, this::told);
		this.socket.close();
		assertThat(this.told).singleElement().isInstanceOf(ClosedChannelException.class);
		this.outbound.write(true);
		this.outbound.discard();
		assertThat(this.told).hasSize(2).allMatch(ClosedChannelException.class::isInstance);
		assertThat(this.outbound.queued()).isZero();
	}

	@Test
	void listenersAndThePipelineHearWhyAWriteHasFailed() {
		IOException onPurpose = new IOException("on purpose");
		this.socket.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
			@Override
			public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
				ReferenceCountUtil.release(message);
				promise.setFailure(onPurpose);
			}
		});
		listen(this.outbound, 10, this::told);
		this.outbound.write(false);
		assertThat(this.told).containsExactly(onPurpose);
		assertThatThrownBy(this.socket::checkException).isSameAs(onPurpose);
	}

	@Test
	void othersMaySendWhileAListenerIsTold() throws Exception {
		CompletableFuture<Appended> sent = new CompletableFuture<>();
		listen(this.outbound, 10, (cause) -> {
			new Thread(() -> sent.complete(raw(this.outbound, 1))).start();
			told(sent.orTimeout(30, TimeUnit.SECONDS).handle((appended, ex) -> ex).join());
		});
		this.outbound.write(false);
		assertThat(this.told).containsExactly("written");
		assertThat(sent.get()).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void whatAListenerSendsIsWrittenNextTime() {
		listen(this.outbound, 1, (cause) -> listen(this.outbound, 2, this::told));
		this.outbound.write(false);
		assertThat(this.told).isEmpty();
		assertThat(this.socket.taken()).hasSize(1);
		this.outbound.write(false);
		assertThat(this.told).containsExactly("written");
		assertThat(this.socket.taken()).hasSize(3);
	}

	@Test
	void whatIsDiscardedIsReleasedAndItsListenersAreToldOnce() {
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[20_000]);
		listen(this.outbound, 10, this::told);
		this.outbound.appendFrame(1, frame, true);
		this.outbound.appendFrame(1, frame, true);
		listen(this.outbound, 10, this::told);
		this.outbound.discard();
		assertThat(frame.refCnt()).isEqualTo(1);
		assertThat(this.told).hasSize(2).allMatch(ClosedChannelException.class::isInstance);
		this.outbound.discard();
		this.outbound.write(true);
		assertThat(this.told).hasSize(2);
		assertThat(this.socket.taken()).isEmpty();
		assertThat(this.outbound.queued()).isZero();
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.CLOSED);
		frame.release();
	}

	@Test
	void whatNettyHasAlreadyIsWrittenAlthoughTheRestIsDiscarded() {
		this.socket.takes(4);
		listen(this.outbound, 10, this::told);
		this.outbound.write(false);
		raw(this.outbound, 20);
		this.outbound.discard();
		assertThat(this.told).isEmpty();
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.socket.taken()).hasSize(10);
		assertThat(this.told).containsExactly("written");
	}

}
