package io.zinx.outbound;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.message.Body;
import io.zinx.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.zinx.outbound.OutboundFixture.HEAD;
import static io.zinx.outbound.OutboundFixture.isAccepted;
import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.send;
import static io.zinx.outbound.OutboundFixture.settings;
import static io.zinx.outbound.OutboundFixture.together;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The side of a way out that takes what is sent.
 */
class OutboundTests {

	private static final int MAX = 1024;

	private static final int SENDERS = 4;

	private final SlowSocket socket = new SlowSocket();

	private final Outbound outbound = outbound(this.socket, settings(MAX, 0));

	@AfterEach
	void end() {
		this.outbound.discard();
		this.socket.end();
	}

	@Test
	void everythingThatCanBeSentLeavesAsOneStreamInTheOrderInWhichItWasAccepted() {
		ByteBuf buffer = Unpooled.copiedBuffer("-buffer", StandardCharsets.UTF_8).skipBytes(1);
		this.outbound.append(1, bytes("array"), Encoding.MESSAGE, true, null);
		this.outbound.append(2, buffer, Encoding.MESSAGE_BUFFER, true, null);
		this.outbound.append(3, body("itself", 6), Encoding.MESSAGE_BODY, true, null);
		this.outbound.append(0, bytes("raw"), Encoding.RAW, true, null);
		this.outbound.append(0, buffer, Encoding.RAW_BUFFER, true, null);
		ByteBuf frame = Unpooled.copiedBuffer("frame", StandardCharsets.UTF_8);
		this.outbound.appendFrame(4, frame, true);
		this.outbound.write(false);
		assertThat(new String(this.socket.taken(), StandardCharsets.ISO_8859_1))
			.isEqualTo("\0\0\0\1\0\0\0\5array\0\0\0\2\0\0\0\6buffer\0\0\0\3\0\0\0\6itselfrawbufferframe");
		assertThat(buffer.readableBytes()).isEqualTo(6);
		assertThat(frame.readableBytes()).isEqualTo(5);
	}

	@Test
	void onlyTheFirstSinceTheLastWriteIsToPublishTheConnection() {
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.ACCEPTED);
		this.outbound.write(false);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		this.outbound.write(false);
		assertThat(this.outbound.append(0, new byte[1], Encoding.RAW, false, null)).isEqualTo(Appended.ACCEPTED);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void oneWhoseSocketTookNothingIsPublishedOnceMore() {
		this.socket.takes(0);
		raw(this.outbound, 1);
		this.outbound.write(false);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		this.outbound.write(false);
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[1]);
		assertThat(this.outbound.appendFrame(1, frame, true)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
	}

	@Test
	void nothingComesBehindALastMessageWhichIsNotListed() {
		raw(this.outbound, 1);
		this.outbound.write(false);
		assertThat(this.outbound.closeWith(7, bytes("bye"), Encoding.MESSAGE)).isEqualTo(Appended.ACCEPTED);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.CLOSED);
		assertThat(this.outbound.closeWith(8, bytes("once more"), Encoding.MESSAGE)).isEqualTo(Appended.CLOSED);
		this.outbound.write(true);
		assertThat(new String(this.socket.taken(), StandardCharsets.ISO_8859_1)).endsWith("\0\0\0\7\0\0\0\3bye");
	}

	@Test
	void aLastMessageThatCannotBeSentClosesAllTheSame() {
		raw(this.outbound, MAX);
		assertThat(this.outbound.closeWith(7, new byte[1], Encoding.MESSAGE)).isEqualTo(Appended.OVERFLOW);
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.CLOSED);
		Outbound other = outbound(this.socket, settings(MAX, 0));
		assertThat(other.closeWith(7, new byte[MAX], Encoding.MESSAGE)).isEqualTo(Appended.UNSENDABLE);
		assertThat(raw(other, 1)).isEqualTo(Appended.CLOSED);
		Outbound third = outbound(this.socket, settings(MAX, 0));
		assertThatIllegalStateException().isThrownBy(() -> third.closeWith(7, body("short", 9), Encoding.MESSAGE_BODY));
		assertThat(raw(third, 1)).isEqualTo(Appended.CLOSED);
		other.discard();
		third.discard();
	}

	@Test
	void takesAsManyBytesAsMayWaitAndNotOneMore() {
		assertThat(isAccepted(send(this.outbound, 1, new byte[MAX - HEAD - 1]))).isTrue();
		assertThat(raw(this.outbound, 2)).isEqualTo(Appended.OVERFLOW);
		assertThat(this.outbound.appendFrame(1, Unpooled.wrappedBuffer(new byte[2]), true))
			.isEqualTo(Appended.OVERFLOW);
		assertThat(isAccepted(raw(this.outbound, 1))).isTrue();
		assertThat(raw(this.outbound, 1)).isEqualTo(Appended.OVERFLOW);
		assertThat(this.outbound.queued()).isEqualTo(MAX);
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(MAX);
	}

	@Test
	void bytesThatWaitAtNettyCountAgainstTheBound() {
		this.socket.takes(0);
		raw(this.outbound, MAX / 2);
		this.outbound.write(false);
		assertThat(raw(this.outbound, MAX / 2 + 1)).isEqualTo(Appended.OVERFLOW);
		this.socket.takes(MAX / 2);
		assertThat(isAccepted(raw(this.outbound, MAX))).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "1016, true", "1017, false" })
	void whatIsLongerThanAllThatMayWaitCannotBeSentAtAll(int length, boolean accepted) throws Exception {
		Appended expected = accepted ? Appended.ACCEPTED_AND_LISTED : Appended.UNSENDABLE;
		assertThat(send(this.outbound, 1, new byte[length])).isEqualTo(expected);
		this.outbound.write(false);
		assertThat(this.outbound.appendWhenRoom(1, new byte[length], Encoding.MESSAGE, 1, () -> {
		})).isEqualTo(expected);
		this.outbound.write(false);
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[HEAD + length]);
		assertThat(this.outbound.appendFrame(1, frame, true)).isEqualTo(expected);
		this.outbound.write(false);
		assertThat(this.outbound.messages()).isEqualTo(accepted ? 3 : 0);
		assertThat(this.socket.taken()).hasSize(accepted ? 3 * MAX : 0);
	}

	@Test
	void manySendersTogetherFillTheBoundExactlyAndOnlyWhatIsAcceptedIsWritten() throws Exception {
		AtomicLong accepted = new AtomicLong();
		AtomicInteger smallestRefused = new AtomicInteger(MAX);
		together(SENDERS, (number) -> {
			for (int length = 17 + number; length > 0; length--) {
				while (isAccepted(raw(this.outbound, length))) {
					accepted.addAndGet(length);
				}
				smallestRefused.accumulateAndGet(length, Math::min);
			}
		});
		assertThat(smallestRefused.get()).isEqualTo(1);
		assertThat(accepted.get()).isEqualTo(MAX);
		assertThat(this.outbound.queued()).isEqualTo(MAX);
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(MAX);
	}

	@Test
	void nothingOfManySendersIsLostOrDoubledOrOvertakenWhileTheEventLoopWrites() throws Exception {
		int messages = 2000;
		Outbound shared = outbound(this.socket, settings(16 * MAX, 0));
		CountDownLatch running = new CountDownLatch(SENDERS);
		Thread loop = new Thread(() -> {
			while (running.getCount() > 0) {
				shared.write(false);
				shared.settle();
			}
			shared.write(true);
		});
		loop.start();
		together(SENDERS, (number) -> {
			try {
				for (int i = 0; i < messages; i++) {
					byte[] body = Unpooled.buffer(4 + i % 100).writeInt(i).array();
					while (!isAccepted(send(shared, number, body))) {
						Thread.onSpinWait();
					}
				}
			}
			finally {
				running.countDown();
			}
		});
		loop.join();
		int[] next = new int[SENDERS];
		for (Message message : this.socket.messages()) {
			assertThat(number(message)).isEqualTo(next[(int) message.msgId()]++);
		}
		assertThat(next).containsOnly(messages);
		assertThat(shared.messages()).isEqualTo((long) SENDERS * messages);
		assertThat(shared.bytes()).isEqualTo(this.socket.taken().length);
	}

	@Test
	void anEncodingThatThrowsHalfwayLeavesNothingBehind() {
		send(this.outbound, 1, bytes("before"));
		assertThatIllegalStateException().isThrownBy(() -> this.outbound.append(2, new Body() {
			@Override
			public int bodyLength() {
				return 300;
			}

			@Override
			public void writeBody(ByteBuf out) {
				out.writeZero(299);
				throw new IllegalStateException("on purpose");
			}
		}, Encoding.MESSAGE_BODY, true, (cause) -> {
			throw new AssertionError("refused, but told");
		})).withMessage("on purpose");
		send(this.outbound, 3, bytes("behind"));
		assertThat(this.outbound.messages()).isEqualTo(2);
		assertThat(this.outbound.queued()).isEqualTo(2 * (HEAD + 6));
		this.outbound.write(false);
		assertThat(this.socket.messages()).extracting(Message::msgId).containsExactly(1L, 3L);
	}

	@Test
	void ifTheVeryFirstEncodingThrowsTheNextIsToPublishTheConnection() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.outbound.append(2, body("abc", 2), Encoding.MESSAGE_BODY, true, null));
		assertThat(this.outbound.bytes()).isZero();
		assertThat(send(this.outbound, 3, bytes("behind"))).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		this.outbound.write(false);
		assertThat(this.socket.messages()).extracting(Message::msgId).containsExactly(3L);
	}

	/**
	 * Otherwise what it says first could pass the bound, and something longer be sent.
	 */
	@Test
	void aBodyIsAskedForItsLengthOnce() {
		assertThat(isAccepted(this.outbound.append(1, growing(4, 4), Encoding.MESSAGE_BODY, true, null))).isTrue();
		assertThatIllegalStateException()
			.isThrownBy(() -> this.outbound.append(2, growing(4, 10 * MAX), Encoding.MESSAGE_BODY, true, null));
		assertThat(this.outbound.queued()).isEqualTo(HEAD + 4);
		this.outbound.write(false);
		assertThat(this.socket.messages()).extracting((message) -> message.body().length).containsExactly(4);
	}

	/**
	 * A body that says each time that it is longer.
	 */
	private static Body growing(int first, int written) {
		AtomicInteger length = new AtomicInteger(first);
		return new Body() {
			@Override
			public int bodyLength() {
				return length.getAndSet(10 * MAX);
			}

			@Override
			public void writeBody(ByteBuf out) {
				out.writeZero(written);
			}
		};
	}

	@Test
	void aClosedOneTakesNothingMoreButWritesWhatItHasTaken() throws Exception {
		send(this.outbound, 1, bytes("before"));
		this.outbound.close();
		assertThat(send(this.outbound, 2, bytes("behind"))).isEqualTo(Appended.CLOSED);
		assertThat(this.outbound.appendFrame(2, Unpooled.wrappedBuffer(new byte[9]), true)).isEqualTo(Appended.CLOSED);
		assertThat(this.outbound.appendWhenRoom(2, new byte[1], Encoding.MESSAGE, Long.MAX_VALUE, () -> {
		})).isEqualTo(Appended.CLOSED);
		this.outbound.write(false);
		assertThat(this.socket.messages()).extracting(Message::msgId).containsExactly(1L);
		assertThat(this.outbound.messages()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "511, 1", "512, 2" })
	void aFrameOfManyIsCopiedBehindWhatWaitsIfItIsShortAndSharedIfItIsLong(int length, int holders) {
		ByteBuf frame = frame(length);
		raw(this.outbound, 3);
		this.outbound.appendFrame(1, frame, true);
		assertThat(frame.refCnt()).isEqualTo(holders);
		raw(this.outbound, 2);
		this.outbound.write(false);
		assertThat(this.socket.taken()).hasSize(3 + length + 2).startsWith(0, 0, 0, 7).endsWith(7, 0, 0);
		assertThat(frame.refCnt()).isEqualTo(1);
		frame.release();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 511, 512, 900 })
	void aFrameOfManyIsUnchangedWhateverEachOfThemSendsOrTakes(int length) {
		SlowSocket other = new SlowSocket();
		Outbound second = outbound(other, settings(2 * MAX, 0));
		ByteBuf frame = frame(length);
		frame.ensureWritable(100);
		this.socket.takes(length / 2);
		for (Outbound each : List.of(this.outbound, second)) {
			assertThat(isAccepted(each.appendFrame(1, frame, true))).isTrue();
			assertThat(isAccepted(raw(each, 10))).isTrue();
			each.write(false);
		}
		assertThat(isAccepted(second.appendFrame(1, frame, true))).isTrue();
		assertThat(frame.readableBytes()).isEqualTo(length);
		frame.release();
		second.write(false);
		this.socket.takes(Long.MAX_VALUE);
		assertThat(this.socket.taken()).hasSize(length + 10).startsWith(7).endsWith(new byte[10]);
		assertThat(other.taken()).hasSize(2 * length + 10).endsWith(7);
		assertThat(frame.refCnt()).isZero();
		assertThat(second.messages()).isEqualTo(2);
		other.end();
	}

	@Test
	void aRefusedFrameIsNotKept() {
		raw(this.outbound, MAX / 2);
		ByteBuf frame = frame(MAX / 2 + 1);
		assertThat(this.outbound.appendFrame(1, frame, true)).isEqualTo(Appended.OVERFLOW);
		assertThat(frame.release()).isTrue();
	}

	private static ByteBuf frame(int length) {
		ByteBuf frame = Unpooled.buffer(length);
		for (int i = 0; i < length; i++) {
			frame.writeByte(7);
		}
		return frame;
	}

	private static int number(Message message) {
		return Unpooled.wrappedBuffer(message.body()).readInt();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static Body body(String text, int length) {
		return new Body() {
			@Override
			public int bodyLength() {
				return length;
			}

			@Override
			public void writeBody(ByteBuf out) {
				out.writeBytes(bytes(text));
			}
		};
	}

}
