package io.zinx.outbound;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

class CongestionTests {

	private static final int MARK = 100;

	private final SlowSocket socket = new SlowSocket();

	private final Outbound outbound = outbound(this.socket, settings(1024, MARK));

	@AfterEach
	void end() {
		this.outbound.discard();
		this.socket.end();
	}

	@Test
	void beginsAboveTheHighWaterMark() {
		raw(this.outbound, MARK);
		assertThat(this.outbound.isCongested()).isFalse();
		assertThat(this.outbound.noticeCongestion()).isFalse();
		raw(this.outbound, 1);
		assertThat(this.outbound.isCongested()).isTrue();
	}

	@Test
	void beginsByAFrameOfManyAndByOneThatWaitedForRoom() throws Exception {
		this.outbound.appendFrame(1, Unpooled.wrappedBuffer(new byte[MARK + 1]), true);
		assertThat(this.outbound.noticeCongestion()).isTrue();
		this.outbound.write(false);
		assertThat(this.outbound.settle()).isTrue();
		this.outbound.appendWhenRoom(0, new byte[MARK + 1], Encoding.RAW, 1, () -> {
		});
		assertThat(this.outbound.noticeCongestion()).isTrue();
	}

	@Test
	void beginsByBytesThatWaitAtNetty() {
		this.socket.takes(0);
		raw(this.outbound, MARK);
		this.outbound.write(false);
		raw(this.outbound, 1);
		assertThat(this.outbound.isCongested()).isTrue();
	}

	@Test
	void isNewsOnce() {
		raw(this.outbound, MARK + 1);
		assertThat(this.outbound.noticeCongestion()).isTrue();
		assertThat(this.outbound.noticeCongestion()).isFalse();
		raw(this.outbound, MARK + 1);
		assertThat(this.outbound.noticeCongestion()).isFalse();
		assertThat(this.outbound.isCongested()).isTrue();
	}

	@Test
	void thatIsOverBeforeTheEventLoopNoticesIsNoNews() {
		raw(this.outbound, MARK + 1);
		this.outbound.write(false);
		assertThat(this.outbound.settle()).isTrue();
		assertThat(this.outbound.isCongested()).isFalse();
		assertThat(this.outbound.noticeCongestion()).isFalse();
	}

	@Test
	void thatWasNoticedIsOverOnceAndNewsTheNextTime() {
		raw(this.outbound, MARK + 1);
		assertThat(this.outbound.noticeCongestion()).isTrue();
		this.outbound.write(false);
		assertThat(this.outbound.settle()).isTrue();
		assertThat(this.outbound.settle()).isFalse();
		assertThat(this.outbound.isCongested()).isFalse();
		raw(this.outbound, MARK + 1);
		assertThat(this.outbound.noticeCongestion()).isTrue();
	}

	@Test
	void lastsWhileSomethingGathers() {
		raw(this.outbound, MARK + 1);
		assertThat(this.outbound.settle()).isFalse();
		this.outbound.write(false);
		raw(this.outbound, 1);
		assertThat(this.outbound.settle()).isFalse();
		assertThat(this.outbound.isCongested()).isTrue();
		this.outbound.write(false);
		assertThat(this.outbound.settle()).isTrue();
	}

	@Test
	void lastsUntilTheChannelIsWritable() {
		this.socket.takes(0);
		raw(this.outbound, MARK + 1);
		this.outbound.write(false);
		assertThat(this.outbound.settle()).isFalse();
		this.socket.takes(MARK);
		assertThat(this.outbound.settle()).isFalse();
		assertThat(this.outbound.isCongested()).isTrue();
		this.socket.takes(1);
		assertThat(this.outbound.settle()).isTrue();
	}

	@Test
	void ofAClosedConnectionIsOverWhenNettyHasAllOfIt() {
		this.socket.takes(0);
		raw(this.outbound, MARK + 1);
		this.outbound.write(false);
		raw(this.outbound, 1);
		this.outbound.close();
		assertThat(this.outbound.settle()).isFalse();
		this.outbound.write(true);
		assertThat(this.outbound.settle()).isTrue();
		assertThat(this.outbound.isCongested()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void isOverWithoutANoteWhenAllIsForgotten(boolean noticed) {
		raw(this.outbound, MARK + 1);
		if (noticed) {
			assertThat(this.outbound.noticeCongestion()).isTrue();
		}
		this.outbound.discard();
		assertThat(this.outbound.isCongested()).isFalse();
		assertThat(this.outbound.noticeCongestion()).isFalse();
		assertThat(this.outbound.settle()).isFalse();
	}

	@Test
	void neverBeginsByWhatIsRefused() {
		raw(this.outbound, MARK);
		this.outbound.close();
		raw(this.outbound, 10);
		assertThat(this.outbound.isCongested()).isFalse();
	}

}
