package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.TlvCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.zinx.outbound.OutboundFixture.isAccepted;
import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bytes that all connections together keep waiting.
 */
class OutboundBudgetTests {

	private static final int MUCH = 16 * 1024;

	private static final int TOTAL = 4 * MUCH;

	private final OutboundBudget budget = new OutboundBudget(TOTAL);

	private final OutboundContext context = new OutboundContext(new TlvCodec(), settings(1 << 20, 0), this.budget);

	private final SlowSocket socket = new SlowSocket();

	private final SlowSocket otherSocket = new SlowSocket();

	private final Outbound outbound = outbound(this.socket, this.context);

	private final Outbound other = outbound(this.otherSocket, this.context);

	@AfterEach
	void end() {
		this.outbound.discard();
		this.other.discard();
		this.socket.end();
		this.otherSocket.end();
		assertThat(this.budget.used()).isZero();
	}

	@Test
	void isExceededAboveItsBoundOnly() {
		OutboundBudget small = new OutboundBudget(10);
		small.add(10);
		assertThat(small.isExceeded()).isFalse();
		small.add(1);
		assertThat(small.isExceeded()).isTrue();
		small.add(-1);
		assertThat(small.isExceeded()).isFalse();
	}

	@Test
	void knowsOfAConnectionOnceMuchWaitsOnIt() {
		raw(this.outbound, MUCH - 1);
		assertThat(this.budget.used()).isZero();
		raw(this.outbound, 1);
		assertThat(this.budget.used()).isEqualTo(MUCH);
		raw(this.outbound, MUCH - 1);
		assertThat(this.budget.used()).isEqualTo(MUCH);
		raw(this.outbound, 1);
		assertThat(this.budget.used()).isEqualTo(2 * MUCH);
		raw(this.other, MUCH);
		assertThat(this.budget.used()).isEqualTo(3 * MUCH);
	}

	@Test
	void knowsOfWhatWaitsAtNettyAndForgetsWhatIsWritten() {
		this.socket.takes(0);
		raw(this.outbound, 3 * MUCH);
		this.outbound.write(false);
		raw(this.outbound, 100);
		this.outbound.settle();
		assertThat(this.budget.used()).isBetween(3L * MUCH + 100, 3L * MUCH + 100 + OutboundFixture.RECORD);
		this.socket.takes(Long.MAX_VALUE);
		this.outbound.settle();
		assertThat(this.budget.used()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void refusesOnlyThoseWhoHoldMuch(boolean shared) {
		fillTheTotal();
		raw(this.other, MUCH);
		assertThat(this.budget.isExceeded()).isTrue();
		assertThat(sendOne(this.outbound, shared)).isEqualTo(Appended.TOTAL_OVERFLOW);
		assertThat(sendOne(this.other, shared)).isEqualTo(Appended.TOTAL_OVERFLOW);
		SlowSocket thirdSocket = new SlowSocket();
		Outbound third = outbound(thirdSocket, this.context);
		assertThat(sendOne(third, shared)).isEqualTo(Appended.ACCEPTED_AND_LISTED);
		third.write(false);
		assertThat(thirdSocket.taken()).hasSize(1);
		thirdSocket.end();
	}

	@Test
	void thatIsUsedUpToTheLastByteRefusesNobody() {
		fillTheTotal();
		assertThat(this.budget.used()).isEqualTo(TOTAL);
		raw(this.other, MUCH - 1);
		assertThat(this.budget.isExceeded()).isFalse();
		assertThat(isAccepted(raw(this.other, 1))).isTrue();
		assertThat(this.budget.isExceeded()).isTrue();
	}

	@Test
	void takesWhatWasWrittenMeanwhileFromNobody() {
		fillTheTotal();
		raw(this.other, MUCH);
		this.other.write(false);
		assertThat(this.budget.isExceeded()).isTrue();
		assertThat(isAccepted(raw(this.other, 1))).isTrue();
		assertThat(this.budget.used()).isEqualTo(TOTAL);
		assertThat(isAccepted(raw(this.outbound, 0))).isTrue();
	}

	@Test
	void whoHoldsMuchIsAcceptedAgainWhenOthersHaveWritten() {
		fillTheTotal();
		raw(this.other, MUCH);
		assertThat(raw(this.other, 1)).isEqualTo(Appended.TOTAL_OVERFLOW);
		this.outbound.write(false);
		this.outbound.settle();
		assertThat(isAccepted(raw(this.other, 1))).isTrue();
	}

	@Test
	void nobodyWaitsForRoomThatOthersHold() throws Exception {
		fillTheTotal();
		raw(this.other, MUCH);
		assertThat(this.other.appendWhenRoom(0, new byte[1], Encoding.RAW, Long.MAX_VALUE, () -> {
			throw new AssertionError("waits");
		})).isEqualTo(Appended.TOTAL_OVERFLOW);
	}

	@Test
	void isAwaitedByWhoWasReportedUntilNettyHasWrittenIt() {
		this.socket.takes(0);
		raw(this.outbound, MUCH);
		assertThat(this.outbound.isAwaited()).isFalse();
		this.outbound.write(false);
		this.outbound.settle();
		assertThat(this.outbound.isAwaited()).isTrue();
		this.socket.takes(MUCH);
		this.outbound.settle();
		assertThat(this.outbound.isAwaited()).isFalse();
	}

	@Test
	void isRightAgainWhateverManyThreadsSendAndWrite() throws Exception {
		OutboundFixture.together(3, (number) -> {
			for (int i = 0; i < 500; i++) {
				Outbound each = (i % 2 == 0) ? this.outbound : this.other;
				if (number == 0) {
					each.write(false);
					each.settle();
				}
				else {
					raw(each, 5000);
				}
			}
		});
		this.outbound.write(false);
		this.outbound.settle();
		this.other.settle();
		long held = this.other.queued();
		assertThat(this.budget.used()).isEqualTo((held >= MUCH) ? held : 0);
	}

	private void fillTheTotal() {
		assertThat(isAccepted(raw(this.outbound, TOTAL))).isTrue();
	}

	private static Appended sendOne(Outbound outbound, boolean shared) {
		if (!shared) {
			return raw(outbound, 1);
		}
		ByteBuf frame = Unpooled.wrappedBuffer(new byte[1]);
		return outbound.appendFrame(1, frame, true);
	}

}
