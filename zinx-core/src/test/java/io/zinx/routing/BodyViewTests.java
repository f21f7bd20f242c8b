package io.zinx.routing;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class BodyViewTests {

	private final ByteBuf buffer = Unpooled.copiedBuffer("--body--", StandardCharsets.US_ASCII);

	private final List<Object> kept = new ArrayList<>();

	static Stream<Arguments> reads() {
		return Stream.of(read("getByte", (view) -> view.getByte(0)), read("getInt", (view) -> view.getInt(0)),
				read("readByte", (view) -> view.readByte()), read("getBytes", (view) -> view.getBytes(0, new byte[4])),
				read("writing elsewhere", (view) -> Unpooled.buffer().writeBytes(view, 0, 4)),
				read("text", (view) -> view.toString(StandardCharsets.US_ASCII)), read("copy", (view) -> view.copy()),
				read("search", (view) -> view.indexOf(0, 4, (byte) 'y')),
				read("nioBuffer", (view) -> view.nioBuffer()));
	}

	private static Arguments read(String name, Function<ByteBuf, Object> read) {
		return Arguments.of(name, read);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("reads")
	void theBodyIsReadWhileTheRequestIsHandledAndNotAfterwards(String name, Function<ByteBuf, Object> read) {
		ByteBuf view = handle((request) -> {
			ByteBuf body = request.bodyBuffer();
			assertThat(read.apply(request.bodyBuffer())).isNotNull();
			return body;
		});
		assertThatIllegalStateException().isThrownBy(() -> read.apply(view))
			.withMessageContaining(
					"Request of message 1 (4 bytes) from connection 7 was handled and its body released");
	}

	static Stream<Arguments> derived() {
		return Stream.of(derived("slice", (view) -> view.slice()), derived("part", (view) -> view.slice(0, 4)),
				derived("slice of a slice", (view) -> view.slice(0, 4).slice().slice(0, 4)),
				derived("readSlice", (view) -> view.readSlice(4)),
				derived("retainedSlice", (view) -> view.retainedSlice()),
				derived("readRetainedSlice", (view) -> view.readRetainedSlice(4)),
				derived("duplicate", (view) -> view.duplicate()),
				derived("duplicate of a slice", (view) -> view.slice().duplicate()),
				derived("retainedDuplicate", (view) -> view.retainedDuplicate()),
				derived("asReadOnly", (view) -> view.asReadOnly()),
				derived("slice in a duplicate", (view) -> view.duplicate().slice(0, 4)));
	}

	private static Arguments derived(String name, Function<ByteBuf, ByteBuf> derive) {
		return Arguments.of(name, derive);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("derived")
	void whatIsDerivedFromAViewIsTheBodyAndEndsWithTheHandlingToo(String name, Function<ByteBuf, ByteBuf> derive) {
		ByteBuf derived = handle((request) -> {
			ByteBuf made = derive.apply(request.bodyBuffer());
			assertThat(made.toString(StandardCharsets.US_ASCII)).isEqualTo("body");
			assertThat(made.readableBytes()).isEqualTo(4);
			assertThat(made.capacity()).isEqualTo(4);
			assertThat(made.isReadOnly()).isTrue();
			return made;
		});
		assertThatIllegalStateException().isThrownBy(() -> derived.getByte(0));
		assertThatIllegalStateException().isThrownBy(() -> derived.toString(StandardCharsets.US_ASCII));
		assertThatIllegalStateException().isThrownBy(derived::nioBuffer);
	}

	/**
	 * Memory that was handed out could not be taken back.
	 */
	@Test
	void niosBuffersAreCopies() {
		ByteBuffer[] buffers = handle((request) -> {
			ByteBuf view = request.bodyBuffer();
			assertThat(view.nioBufferCount()).isOne();
			return new ByteBuffer[] { view.nioBuffer(), view.nioBuffer(0, 4), view.nioBuffers()[0],
					view.nioBuffers(0, 4)[0], view.internalNioBuffer(0, 4) };
		});
		this.buffer.setZero(0, 8);
		assertThat(buffers)
			.allMatch((buffer) -> StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString().equals("body"));
	}

	@Test
	void aViewIsTheBodyAndNothingAroundIt() {
		handle((request) -> {
			ByteBuf view = request.bodyBuffer();
			assertThat(view.toString(StandardCharsets.US_ASCII)).isEqualTo("body");
			assertThat(view.readableBytes()).isEqualTo(4);
			assertThat(view.capacity()).isEqualTo(4);
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.getByte(4));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.getByte(-1));
			view.skipBytes(4);
			assertThat(request.bodyBuffer().readableBytes()).isEqualTo(4);
			return view;
		});
	}

	@Test
	void aViewCannotBeWrittenTo() {
		handle((request) -> {
			ByteBuf view = request.bodyBuffer();
			assertThat(view.isReadOnly()).isTrue();
			assertThatExceptionOfType(ReadOnlyBufferException.class).isThrownBy(() -> view.setByte(0, 'x'));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> view.writeByte('x'));
			return view;
		});
		assertThat(this.buffer.toString(StandardCharsets.US_ASCII)).isEqualTo("--body--");
	}

	@Test
	void releasingOrRetainingAViewDoesNothing() {
		handle((request) -> {
			ByteBuf view = request.bodyBuffer();
			assertThat(view.retain(2).release(2)).isFalse();
			assertThat(view.release()).isFalse();
			return view;
		});
		assertThat(this.buffer.refCnt()).isOne();
	}

	@Test
	void aCopyThatWasTakenInTimeIsReadAtAnyTime() {
		ByteBuf copy = handle((request) -> request.bodyBuffer().copy());
		assertThat(copy.toString(StandardCharsets.US_ASCII)).isEqualTo("body");
		copy.release();
	}

	private <T> T handle(Function<Request, T> router) {
		Routes routes = new RouteRegistry().add(1, (request) -> this.kept.add(router.apply(request))).close();
		assertThat(routes.handle(new SentMessages().connection(), 1, this.buffer, 2, 4, (answer) -> {
		})).isEqualTo(Routes.Outcome.HANDLED);
		@SuppressWarnings("unchecked")
		T result = (T) this.kept.get(0);
		return result;
	}

}
