package io.zinx.outbound;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.message.Body;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EncodingTests {

	private static final FrameCodec TLV = new TlvCodec();

	private static final FrameCodec HTLV = new HtlvCrcCodec();

	private final ByteBuf out = Unpooled.buffer(1, 1 << 20);

	@AfterEach
	void release() {
		this.out.release();
	}

	static Stream<Arguments> ofMessages() {
		return Stream.of(Arguments.of(Encoding.MESSAGE, bytes("ping")),
				Arguments.of(Encoding.MESSAGE_BUFFER, buffer("-ping").skipBytes(1)),
				Arguments.of(Encoding.MESSAGE_BUFFER, direct("ping")),
				Arguments.of(Encoding.MESSAGE_BODY, new TestBody("ping", 4)));
	}

	static Stream<Arguments> raw() {
		return Stream.of(Arguments.of(Encoding.RAW, bytes("ping")),
				Arguments.of(Encoding.RAW_BUFFER, buffer("-ping").skipBytes(1)),
				Arguments.of(Encoding.RAW_BUFFER, direct("ping")));
	}

	@ParameterizedTest
	@MethodSource("ofMessages")
	<T> void aMessageHasAHeadAndATailBehindWhatWasWrittenBefore(Encoding<T> encoding, T ping) {
		this.out.writeByte('<');
		assertThat(encoding.length(ping)).isEqualTo(4);
		assertThat(encoding.messages()).isEqualTo(1);
		assertThat(encoding.encodedLength(TLV, 7, ping)).isEqualTo(12);
		encoding.write(TLV, 7, ping, 12, this.out);
		assertThat(encoding.encodedLength(HTLV, 7, ping)).isEqualTo(9);
		encoding.write(HTLV, 7, ping, 9, this.out);
		assertThat(this.out.readableBytes()).isEqualTo(1 + 12 + 9);
		assertThat(this.out.readCharSequence(17, StandardCharsets.ISO_8859_1))
			.hasToString("<\0\0\0\7\0\0\0\4ping\u00a1\7\4p");
		assertThat(this.out.readCharSequence(3, StandardCharsets.ISO_8859_1)).hasToString("ing");
		ByteBuf frame = Unpooled.buffer();
		Encoding.MESSAGE.write(HTLV, 7, bytes("ping"), 9, frame);
		assertThat(this.out.readShort()).isEqualTo(frame.getShort(7)).isNotZero();
		release(ping);
	}

	@ParameterizedTest
	@MethodSource("raw")
	<T> void rawBytesStayAsTheyAreAndAreNoMessage(Encoding<T> encoding, T ping) {
		this.out.writeByte('<');
		assertThat(encoding.length(ping)).isEqualTo(4);
		assertThat(encoding.messages()).isZero();
		assertThat(encoding.encodedLength(HTLV, 7, ping)).isEqualTo(4);
		assertThat(encoding.encodedLength(new FixedLengthCodec(9), -1, ping)).isEqualTo(4);
		encoding.write(HTLV, 7, ping, 4, this.out);
		assertThat(this.out.toString(StandardCharsets.UTF_8)).isEqualTo("<ping");
		release(ping);
	}

	@Test
	void aBufferThatIsSentKeepsItsIndexesAndItsCount() {
		ByteBuf buffer = buffer("-ping").skipBytes(1);
		Encoding.MESSAGE_BUFFER.write(TLV, 7, buffer, 12, this.out);
		Encoding.RAW_BUFFER.write(TLV, 7, buffer, 4, this.out);
		assertThat(buffer.readerIndex()).isEqualTo(1);
		assertThat(buffer.readableBytes()).isEqualTo(4);
		assertThat(buffer.refCnt()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "255, 255, 260", "256, 0, -1", "4294967295, 0, -1", "0, 256, -1", "0, 0, 5" })
	void whatTheWireFormatCannotExpressHasNoLength(long msgId, int length, long encoded) {
		byte[] body = new byte[length];
		assertThat(Encoding.MESSAGE.encodedLength(HTLV, msgId, body)).isEqualTo(encoded);
		assertThat(Encoding.MESSAGE_BUFFER.encodedLength(HTLV, msgId, Unpooled.wrappedBuffer(body))).isEqualTo(encoded);
		assertThat(Encoding.MESSAGE_BODY.encodedLength(HTLV, msgId, new TestBody("", length))).isEqualTo(encoded);
	}

	@ParameterizedTest
	@CsvSource({ "3, -1", "4, 4", "5, -1" })
	void aBodyShorterOrLongerThanTheWireFormatsHasNoLength(int length, long encoded) {
		assertThat(Encoding.MESSAGE.encodedLength(new FixedLengthCodec(4), 0, new byte[length])).isEqualTo(encoded);
	}

	@ParameterizedTest
	@CsvSource({ "2147482623, 2147482631", "2147482624, -1", "2147483647, -1", "-1, -1" })
	void theLengthOfAMessageNeverOverflows(int length, long encoded) {
		assertThat(Encoding.MESSAGE_BODY.encodedLength(TLV, 0, new TestBody("", length))).isEqualTo(encoded);
	}

	@ParameterizedTest
	@CsvSource({ "3, 4", "5, 4", "0, 4" })
	void aBodyThatWritesMoreOrLessThanItSaidIsNamed(int said, int written) {
		assertThatIllegalStateException()
			.isThrownBy(() -> Encoding.MESSAGE_BODY.write(TLV, 1, new TestBody("ping", said), 8 + said, this.out))
			.withMessage(TestBody.class.getName() + " declared a body of " + said + " bytes, but wrote " + written);
	}

	@Test
	void aBodyThatThrowsIsHeard() {
		IllegalCallerException onPurpose = new IllegalCallerException("on purpose");
		assertThatThrownBy(() -> Encoding.MESSAGE_BODY.write(TLV, 1, new Body() {
			@Override
			public int bodyLength() {
				return 1;
			}

			@Override
			public void writeBody(ByteBuf out) {
				throw onPurpose;
			}
		}, 9, this.out)).isSameAs(onPurpose);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static ByteBuf buffer(String text) {
		return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
	}

	private static ByteBuf direct(String text) {
		return Unpooled.directBuffer().writeBytes(bytes(text));
	}

	private static void release(Object what) {
		if (what instanceof ByteBuf buffer) {
			assertThat(buffer.release()).isTrue();
		}
	}

	/**
	 * A body that writes a text, and says it is as long as a test wants.
	 */
	private record TestBody(String text, int bodyLength) implements Body {

		@Override
		public void writeBody(ByteBuf out) {
			out.writeBytes(bytes(this.text));
		}

	}

}
