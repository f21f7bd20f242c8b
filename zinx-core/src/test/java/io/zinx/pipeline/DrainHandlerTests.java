package io.zinx.pipeline;

import java.time.Duration;
import java.util.Arrays;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.connection.CloseReason;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.LateRequests;
import io.zinx.inbound.InboundSettings;
import io.zinx.link.Link;
import io.zinx.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DrainHandlerTests {

	private static final String HANDLER = "zinx-drain";

	private static final Duration PATIENT = Duration.ofHours(1);

	private static final Message REFUSAL = new Message(503, new byte[] { 'n', 'o' });

	/** How long it takes to see that nothing is left to read, as far as time stands. */
	private static final long LOOKS = 5;

	private final ReaderFixture fixture = ReaderFixture.begun();

	private final FakeLink link = new FakeLink();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void drain(long quiet, long delay, LateRequests late) {
		drain(CloseReason.DRAINED, quiet, PATIENT, delay, late);
	}

	private void drain(CloseReason reason, long quiet, Duration patience, long delay, LateRequests late) {
		this.fixture.reader.drain(new DrainPlan(reason, Duration.ofMillis(quiet), patience, Duration.ofMillis(delay),
				late, (late == LateRequests.REFUSE) ? REFUSAL : null));
	}

	private boolean isDraining() {
		return this.fixture.channel.pipeline().get(HANDLER) != null;
	}

	@Test
	void aConnectionWithNothingToReadEndsWhenTheQuietPeriodIsOver() {
		drain(100, 0, LateRequests.HANDLE);
		assertThat(this.fixture.channel.pipeline().first()).isInstanceOf(DrainHandler.class);
		this.fixture.pass(99);
		assertThat(this.fixture.events).isEmpty();
		assertThat(this.fixture.isRead()).isTrue();
		this.fixture.pass(1 + LOOKS);
		assertThat(this.fixture.events).containsExactly("end drained");
		assertThat(this.fixture.isRead()).isFalse();
		assertThat(isDraining()).isFalse();
	}

	@ParameterizedTest
	@EnumSource(LateRequests.class)
	void whatComesInTheQuietPeriodIsHandled(LateRequests late) {
		drain(100, 0, late);
		this.fixture.pass(50);
		this.fixture.read("in time");
		this.fixture.pass(50 + 2 * LOOKS);
		assertThat(this.fixture.events).containsExactly("in time", "end drained");
	}

	@Test
	void aReadThatTookAllThereWasEndsItAtOnce() {
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.pass(100);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.read("the last");
		assertThat(this.fixture.events).containsExactly("the last", "end drained");
	}

	/**
	 * The kernel here held no more than that, while more waits at the peer.
	 */
	@Test
	void aReadThatTookAllThereWasIsNotTheLastOneWhenItTookMuch() {
		this.fixture.channel.receiveBuffer = 64;
		this.fixture.room(0);
		this.fixture.read("no room");
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.pass(99);
		this.fixture.room(100);
		this.fixture.reader.resume();
		this.fixture.pass(1);
		this.fixture.read("came at once");
		assertThat(isDraining()).isTrue();
		this.fixture.read("waited at the peer");
		this.fixture.pass(100);
		assertThat(isDraining()).isTrue();
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).hasSize(4).endsWith("waited at the peer", "end drained");
	}

	/**
	 * As with answers that come later: there is room for one message at a time.
	 */
	@Test
	void whatWasSentLaterHoldsUpNothingThoughThereIsNeverAMomentWithoutIt() {
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.pass(100);
		this.fixture.room(0);
		this.fixture.read("of before");
		for (int i = 0; i < 50; i++) {
			this.fixture.room(1);
			this.fixture.reader.resume();
			if (this.fixture.isRead()) {
				this.fixture.read("later");
			}
			this.fixture.pass(1);
		}
		assertThat(isDraining()).isFalse();
		this.fixture.room(100);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).startsWith("of before").endsWith("end drained");
	}

	@Test
	void whileTheSocketGivesAllThereIsRoomForThereMayBeMore() {
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.pass(99);
		for (int i = 0; i < 50; i++) {
			this.fixture.pass(1);
			this.fixture.readAllThereIsRoomFor(ReaderFixture.frame("full"));
		}
		assertThat(this.fixture.events).hasSize(50).containsOnly("full");
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).hasSize(51).endsWith("end drained");
	}

	@Test
	void whatTheLaneHasNoRoomForIsAwaitedHoweverImpatientThePlan() {
		this.fixture.room(1);
		drain(CloseReason.DRAINED, 100, Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.read("first");
		this.fixture.read("second");
		this.fixture.pass(1000);
		assertThat(this.fixture.events).containsExactly("first");
		this.fixture.room(100);
		this.fixture.reader.resume();
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).containsExactly("first", "second", "end drained");
	}

	/**
	 * As with answers that come later and a peer that goes on sending: there is always
	 * something for which there is no room.
	 */
	@Test
	void whatCameLaterAndHasNoRoomHidesNotThatAllBeforeItIsHandled() {
		byte[] before = ReaderFixture.frame("before");
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.read(Arrays.copyOf(before, 10));
		this.fixture.pass(100 + 2 * LOOKS);
		this.fixture.room(0);
		this.fixture.read(ByteBufUtil.getBytes(
				Unpooled.wrappedBuffer(Arrays.copyOfRange(before, 10, before.length), ReaderFixture.frame("later"))));
		this.fixture.pass(1000);
		assertThat(isDraining()).isTrue();
		this.fixture.room(1);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("before");
		this.fixture.pass(20 + LOOKS);
		assertThat(isDraining()).isFalse();
		this.fixture.room(1);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("before", "later", "end drained");
	}

	@Test
	void theRestOfAMessageIsAwaitedWhilePatienceLasts() {
		byte[] frame = ReaderFixture.frame("in two parts");
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.read(Arrays.copyOf(frame, 10));
		this.fixture.pass(1000);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.read(Arrays.copyOfRange(frame, 10, frame.length));
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).containsExactly("in two parts", "end drained");
	}

	@Test
	void whoNeitherSendsTheRestNorReadsIsAwaitedNoLonger() {
		drain(CloseReason.DRAINED, 100, Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.read(Arrays.copyOf(ReaderFixture.frame("in two parts"), 10));
		this.fixture.pass(100 + LOOKS);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	@Test
	void whoGoesOnSendingPartsOfAMessageIsAwaited() {
		byte[] frame = ReaderFixture.frame("b".repeat(200));
		drain(CloseReason.DRAINED, 100, Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.pass(99);
		for (byte one : frame) {
			assertThat(this.fixture.events).isEmpty();
			this.fixture.read(new byte[] { one });
			this.fixture.pass(15);
		}
		assertThat(this.fixture.events).containsExactly("b".repeat(200), "end drained");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whoDoesNotReadIsAwaitedAsLongAsPatienceLasts(boolean patient) {
		this.fixture.congest();
		drain(CloseReason.DRAINED, 100, patient ? PATIENT : Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.pass(1000);
		assertThat(isDraining()).isEqualTo(patient);
		if (patient) {
			assertThat(this.fixture.events).isEmpty();
			this.fixture.relieve();
			this.fixture.pass(20 + LOOKS);
		}
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	@Test
	void whatIsHalfDecryptedIsAwaitedAsTheRestOfAMessageIs() {
		this.fixture.channel.attr(Link.KEY).set(this.link);
		this.link.midRecord = true;
		drain(100, 0, LateRequests.HANDLE);
		this.fixture.pass(1000);
		assertThat(this.fixture.events).isEmpty();
		this.link.midRecord = false;
		this.fixture.pass(20 + LOOKS);
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	@Test
	void whatStaysHalfDecryptedIsAwaitedNoLongerThanPatienceLasts() {
		this.fixture.channel.attr(Link.KEY).set(this.link);
		this.link.midRecord = true;
		drain(CloseReason.DRAINED, 100, Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.pass(100 + 20 + 2 * LOOKS);
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	/**
	 * The rest of the record waits in the kernel.
	 */
	@Test
	void whatIsHalfDecryptedIsAwaitedHoweverImpatientThePlanWhileTheLaneHasNoRoom() {
		this.fixture.channel.attr(Link.KEY).set(this.link);
		this.fixture.room(0);
		drain(CloseReason.DRAINED, 100, Duration.ZERO, 0, LateRequests.HANDLE);
		this.fixture.read("first");
		this.link.midRecord = true;
		this.fixture.pass(1000);
		assertThat(isDraining()).isTrue();
		this.fixture.room(100);
		this.fixture.reader.resume();
		this.link.midRecord = false;
		this.fixture.read("second");
		this.fixture.pass(100 + 20 + LOOKS);
		assertThat(this.fixture.events).containsExactly("first", "second", "end drained");
	}

	@Test
	void theRestOfAMessageIsAwaitedHoweverImpatientThePlanWhileReadingIsPausedForMemory() {
		byte[] frame = ReaderFixture.frame("in two parts");
		try (ReaderFixture paused = new ReaderFixture(new InboundSettings(64 * 1024, 1 << 30))) {
			paused.reader.begin();
			paused.memory(64 * 1024);
			paused.read("takes much");
			paused.memory(0);
			paused.reader.drain(new DrainPlan(CloseReason.DRAINED, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO,
					LateRequests.HANDLE, null));
			paused.read(Arrays.copyOf(frame, 10));
			assertThat(paused.isRead()).isFalse();
			paused.pass(1000);
			assertThat(paused.events).containsExactly("takes much");
			paused.giveBack(64 * 1024);
			paused.reader.lookAgain();
			assertThat(paused.isRead()).isTrue();
			paused.read(Arrays.copyOfRange(frame, 10, frame.length));
			paused.pass(100 + 20 + LOOKS);
			assertThat(paused.events).containsExactly("takes much", "in two parts", "end drained");
		}
	}

	@Test
	void lateRequestsAreHandledUntilTheDelayIsOver() {
		drain(100, 1000, LateRequests.HANDLE);
		this.fixture.pass(999);
		this.fixture.read("late");
		assertThat(this.fixture.events).containsExactly("late");
		this.fixture.pass(1 + LOOKS);
		assertThat(this.fixture.events).containsExactly("late", "end drained");
	}

	@Test
	void theQuietPeriodCountsIfItIsLongerThanTheDelay() {
		drain(1000, 100, LateRequests.HANDLE);
		this.fixture.pass(999);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.pass(1 + LOOKS);
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSE", "DROP" })
	void lateRequestsAreKeptFromTheLaneFromTheQuietPeriodToTheDelay(LateRequests late) {
		drain(100, 1000, late);
		this.fixture.pass(99);
		this.fixture.read("in time");
		this.fixture.pass(1 + LOOKS);
		assertThat(this.fixture.written()).isEmpty();
		this.fixture.read("late");
		this.fixture.read("later");
		if (late == LateRequests.REFUSE) {
			assertThat(this.fixture.written()).hasSize(2).allSatisfy((message) -> {
				assertThat(message.msgId()).isEqualTo(503);
				assertThat(message.body()).isEqualTo(REFUSAL.body());
			});
		}
		else {
			assertThat(this.fixture.written()).isEmpty();
		}
		this.fixture.pass(890);
		assertThat(this.fixture.events).containsExactly("in time");
		assertThat(this.fixture.connection.messagesIn()).isEqualTo(3);
		this.fixture.pass(10 + LOOKS);
		assertThat(this.fixture.events).containsExactly("in time", "end drained");
	}

	@Test
	void whatWaitedForRoomWhenThePeriodEndedIsNoLateRequest() {
		this.fixture.room(0);
		drain(100, 1000, LateRequests.DROP);
		this.fixture.read("in time");
		this.fixture.pass(500);
		this.fixture.room(100);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("in time");
		this.fixture.pass(20 + LOOKS);
		this.fixture.read("late");
		assertThat(this.fixture.events).containsExactly("in time");
	}

	@Test
	void theEndWaitsForRefusalsThatAreOnTheirWayAsLongAsPatienceLasts() {
		drain(CloseReason.DRAINED, 100, Duration.ofMillis(500), 200, LateRequests.REFUSE);
		this.fixture.pass(150);
		this.fixture.busy();
		this.fixture.read("late");
		this.fixture.pass(300);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.idle();
		this.fixture.pass(20);
		assertThat(this.fixture.events).containsExactly("end drained");
		assertThat(this.fixture.written()).hasSize(1);
	}

	@Test
	void refusalsThatTakeLongerThanPatienceLastsAreNotAwaited() {
		drain(CloseReason.DRAINED, 100, Duration.ofMillis(500), 200, LateRequests.REFUSE);
		this.fixture.pass(150);
		this.fixture.busy();
		this.fixture.read("late");
		this.fixture.read("never refused");
		this.fixture.pass(500);
		assertThat(this.fixture.events).isEmpty();
		this.fixture.pass(150);
		assertThat(this.fixture.events).containsExactly("end drained");
		this.fixture.idle();
		assertThat(this.fixture.written()).hasSize(1);
		assertThat(this.fixture.events).containsExactly("end drained");
	}

	@ParameterizedTest
	@ValueSource(longs = { 50, 500 })
	void allIsTakenBackWhenTheDrainIsEnded(long moment) {
		drain(100, 1000, LateRequests.REFUSE);
		this.fixture.pass(moment);
		this.fixture.reader.endDrain();
		assertThat(isDraining()).isFalse();
		assertThat(this.fixture.hasTimer()).isFalse();
		this.fixture.read("back");
		this.fixture.pass(5000);
		assertThat(this.fixture.events).containsExactly("back");
		assertThat(this.fixture.written()).isEmpty();
		assertThat(this.fixture.isRead()).isTrue();
		this.fixture.reader.endDrain();
		assertThat(this.fixture.events).containsExactly("back");
	}

	@ParameterizedTest
	@ValueSource(longs = { 50, 500 })
	void ofTwoDrainsTheLastOneCounts(long moment) {
		drain(100, 1000, LateRequests.REFUSE);
		this.fixture.pass(moment);
		drain(CloseReason.SERVER_STOPPING, 2000, PATIENT, 0, LateRequests.HANDLE);
		this.fixture.pass(1000);
		this.fixture.read("handled again");
		this.fixture.pass(999);
		assertThat(this.fixture.events).containsExactly("handled again");
		this.fixture.pass(1 + LOOKS);
		assertThat(this.fixture.events).containsExactly("handled again", "end server-stopping");
	}

	@Test
	void ofTwoDrainsThatRefuseBothGatesAreTakenAway() {
		for (int i = 0; i < 2; i++) {
			drain(100, 1000, LateRequests.REFUSE);
			this.fixture.pass(500);
		}
		this.fixture.read("late");
		assertThat(this.fixture.written()).hasSize(1);
		this.fixture.reader.endDrain();
		this.fixture.read("back");
		assertThat(this.fixture.events).containsExactly("back");
	}

	@ParameterizedTest
	@EnumSource(names = { "REFUSE", "DROP" })
	void nothingIsHandledBehindWhatWasKeptFromTheLaneWhenThePeerCloses(LateRequests late) {
		drain(100, 1000, late);
		this.fixture.pass(150);
		this.fixture.busy();
		this.fixture.read("refused");
		this.fixture.read("late");
		this.fixture.read("later");
		this.fixture.channel.close();
		this.fixture.idle();
		this.fixture.pass(5);
		assertThat(this.fixture.events).containsExactly("closed");
		assertThat(this.fixture.connection.messagesIn()).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(longs = { 50, 101, 500 })
	void aSocketThatIsClosedMeanwhileEndsTheDrain(long moment) {
		this.fixture.room(0);
		if (moment == 101) {
			this.fixture.read("no room");
		}
		drain(100, 1000, LateRequests.REFUSE);
		this.fixture.pass(moment);
		this.fixture.channel.pipeline().fireChannelInactive();
		this.fixture.pass(5);
		assertThat(this.fixture.hasTimer()).isFalse();
		this.fixture.room(100);
		this.fixture.reader.resume();
		this.fixture.pass(5000);
		assertThat(this.fixture.events).containsOnlyOnce("closed").doesNotContain("end drained");
	}

	@Test
	void aPeerThatEndsMeanwhileIsNotKeptTillTheEndOfTheDrain() {
		drain(1000, 0, LateRequests.HANDLE);
		this.fixture.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(this.fixture.events).containsExactly("end peer-closed");
		this.fixture.pass(3000);
		assertThat(this.fixture.events).containsExactly("end peer-closed");
	}

	@Test
	void whoIsAboutToCloseIsNotDrained() {
		this.fixture.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		drain(100, 0, LateRequests.HANDLE);
		assertThat(isDraining()).isFalse();
	}

	@Test
	void whoIsClosedIsNotDrained() {
		this.fixture.connection.close(CloseReason.KICKED);
		drain(100, 0, LateRequests.HANDLE);
		assertThat(isDraining()).isFalse();
	}

	private static final class FakeLink implements Link {

		private boolean midRecord;

		@Override
		public boolean isMidRecord() {
			return this.midRecord;
		}

	}

}
