package io.zinx.boot.payload;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.message.Body;
import io.zinx.routing.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PlainPayloadTests {

	private final PayloadWriter writer = new PayloadWriter(() -> {
		throw new IllegalArgumentException("no format is asked for");
	}, TextCharset.UTF_8);

	@Test
	void theReasonWhyAValueCannotBeWrittenBeginsNoLine() {
		PayloadWriter failing = new PayloadWriter(() -> {
			throw new IllegalStateException("no name x\nFAKE LINE\u001b[31m");
		}, TextCharset.UTF_8);
		assertThatIllegalArgumentException().isThrownBy(() -> failing.write(new Object()))
			.withMessageEndingWith("no name x\\nFAKE LINE\\u001b[31m");
	}

	@ParameterizedTest
	@MethodSource("values")
	void isWrittenAsItIsWhateverTheFormat(Object value) {
		ByteBuf body = this.writer.write(value);
		assertThat(body.toString(StandardCharsets.UTF_8)).isEqualTo("grüße");
		assertThat(body.release()).isTrue();
		assertThat(PlainPayload.isWritten(value.getClass())).isTrue();
	}

	static Stream<Object> values() {
		byte[] bytes = "grüße".getBytes(StandardCharsets.UTF_8);
		return Stream.of(bytes, "grüße", Unpooled.wrappedBuffer(bytes), ByteBuffer.wrap(bytes),
				ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), new SelfWritten("grüße"));
	}

	@Test
	void aNettyBufferIsItsOwnBody() {
		ByteBuf buffer = Unpooled.wrappedBuffer(new byte[1]);
		assertThat(this.writer.write(buffer)).isSameAs(buffer);
		buffer.release();
	}

	@ParameterizedTest
	@ValueSource(classes = { byte[].class, String.class, ByteBuf.class, ByteBuffer.class })
	void isReadAsExactlyTheTypeThatIsDeclared(Class<?> declared) {
		assertThat(PlainPayload.reader(declared, TextCharset.UTF_8)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(classes = { CompositeByteBuf.class, MappedByteBuffer.class, Body.class, Request.class, Object.class,
			CharSequence.class, int[].class })
	void isReadAsNoOtherType(Class<?> declared) {
		assertThat(PlainPayload.reader(declared, TextCharset.UTF_8)).isNull();
	}

	@ParameterizedTest
	@ValueSource(classes = { Object.class, CharSequence.class, Integer.class, int[].class })
	void aFormatSaysHowAnythingElseIsWritten(Class<?> declared) {
		assertThat(PlainPayload.isWritten(declared)).isFalse();
		assertThat(PlainPayload.of(42)).isNull();
	}

	private record SelfWritten(String text) implements Body {

		@Override
		public int bodyLength() {
			return ByteBufUtil.utf8Bytes(this.text);
		}

		@Override
		public void writeBody(ByteBuf out) {
			out.writeCharSequence(this.text, StandardCharsets.UTF_8);
		}

	}

}
