package io.zinx.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.connection.CloseReason;
import io.zinx.heartbeat.ReadState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a socket is read, and what the lane is told of its end. How frames are cut: see
 * {@link FrameReaderTests}.
 */
class ReaderStateTests {

	private final ReaderFixture fixture = new ReaderFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private void inputEnds() {
		this.fixture.channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
	}

	private void socketCloses() {
		this.fixture.channel.pipeline().fireChannelInactive();
	}

	@Test
	void nothingIsReadBeforeTheStartHooksHaveReturned() {
		this.fixture.reader.relieved();
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.reader.begin();
		assertThat(this.fixture.isRead()).isTrue();
	}

	@Test
	void whatComesBeforeThatAllTheSameIsHandedOver() {
		this.fixture.read("with the end of the handshake");
		assertThat(this.fixture.events).containsExactly("with the end of the handshake");
		assertThat(this.fixture.isRead()).isFalse();
	}

	@Test
	void whoIsToldToStopBeforeItBeginsNeverReads() {
		this.fixture.reader.stopReading();
		this.fixture.reader.begin();
		assertThat(this.fixture.isRead()).isFalse();
	}

	@Test
	void whatWasReadWhenReadingIsStoppedIsHandedOver() {
		this.fixture.reader.begin();
		this.fixture.reader.stopReading();
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.read("on its way");
		assertThat(this.fixture.events).containsExactly("on its way");
		this.fixture.reader.begin();
		assertThat(this.fixture.isRead()).as("read again").isFalse();
	}

	@Test
	void whatIsReadOnAHangUpWhileThereIsNoRoomIsHandedOverLater() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.readAllThereIsRoomFor(ReaderFixture.frame("in memory that cannot grow"));
		this.fixture.readAllThereIsRoomFor(ReaderFixture.frame("behind it"));
		this.fixture.readAllThereIsRoomFor(ReaderFixture.frame("and one more"));
		inputEnds();
		this.fixture.room(10);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("in memory that cannot grow", "behind it", "and one more",
				"end peer-closed");
	}

	@Test
	void aPeerThatEndsBeforeItBeginsIsToldOfAndNeverRead() {
		inputEnds();
		this.fixture.reader.begin();
		assertThat(this.fixture.isRead()).isFalse();
		assertThat(this.fixture.events).containsExactly("end peer-closed");
	}

	@Test
	void theEndAndTheClosedSocketAreToldOnceEachAndInThisOrder() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		inputEnds();
		socketCloses();
		assertThat(this.fixture.events).isEmpty();
		this.fixture.room(10);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("waits", "end peer-closed", "closed");
		inputEnds();
		socketCloses();
		this.fixture.reader.drained(CloseReason.DRAINED);
		assertThat(this.fixture.events).hasSize(3);
	}

	@Test
	void ofASocketThatIsClosedWithoutAnEndOnlyThatIsTold() {
		this.fixture.reader.begin();
		socketCloses();
		inputEnds();
		assertThat(this.fixture.events).containsExactly("closed");
	}

	@Test
	void theFirstReasonOfTheEndStays() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		this.fixture.reader.drained(CloseReason.DRAINED);
		inputEnds();
		this.fixture.room(10);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).containsExactly("waits", "end drained");
	}

	@Test
	void behindTheEndNothingIsHandedOver() {
		this.fixture.reader.begin();
		inputEnds();
		this.fixture.read("too late");
		assertThat(this.fixture.events).containsExactly("end peer-closed");
	}

	@Test
	void aFrameThatIsNotWholeAtTheEndIsForgotten() {
		this.fixture.reader.begin();
		this.fixture.read(Arrays.copyOf(ReaderFixture.frame("torn"), 9));
		assertThat(this.fixture.reader.restCapacity()).isPositive();
		inputEnds();
		assertThat(this.fixture.reader.restCapacity()).isZero();
		assertThat(this.fixture.events).containsExactly("end peer-closed");
	}

	@Test
	void whoLingersReadsAndDropsUntilThePeerEndsAndIsClosedThen() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		this.fixture.congest();
		this.fixture.connection.close(CloseReason.KICKED);
		this.fixture.channel.runPendingTasks();
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.reader.linger();
		assertThat(this.fixture.isRead()).as("read although it is congested").isTrue();
		assertThat(this.fixture.reader.restCapacity()).isZero();
		this.fixture.room(10);
		this.fixture.read("dropped");
		assertThat(this.fixture.channel.isOpen()).isTrue();
		inputEnds();
		assertThat(this.fixture.channel.isOpen()).isFalse();
		assertThat(this.fixture.events).containsExactly("closed");
	}

	@Test
	void aClosedSocketIsNotReadAgain() {
		this.fixture.reader.begin();
		this.fixture.reader.stopReading();
		socketCloses();
		this.fixture.reader.linger();
		this.fixture.reader.begin();
		this.fixture.reader.relieved();
		assertThat(this.fixture.isRead()).isFalse();
		this.fixture.read("too late");
		assertThat(this.fixture.events).containsExactly("closed");
	}

	@Test
	void whatWaitsIsForgottenWhenItIsDiscarded() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		this.fixture.reader.discard();
		assertThat(this.fixture.isRead()).isFalse();
		assertThat(this.fixture.reader.restCapacity()).isZero();
		this.fixture.room(10);
		this.fixture.reader.resume();
		assertThat(this.fixture.events).isEmpty();
		socketCloses();
		assertThat(this.fixture.events).containsExactly("closed");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aConnectionIsReadAgainWhenItIsNeitherCongestedNorWithoutRoom(boolean roomFirst) {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		this.fixture.congest();
		assertThat(this.fixture.isRead()).isFalse();
		for (boolean room : new boolean[] { roomFirst, !roomFirst }) {
			assertThat(this.fixture.isRead()).isFalse();
			if (room) {
				this.fixture.room(10);
				this.fixture.reader.resume();
			}
			else {
				this.fixture.relieve();
			}
		}
		assertThat(this.fixture.isRead()).isTrue();
		assertThat(this.fixture.events).containsExactly("waits");
		assertThat(this.fixture.congestion).containsExactly("congested", "relieved");
		assertThat(this.fixture.readStates).endsWith(ReadState.OPEN);
	}

	@Test
	void theWatchHearsWhyASocketIsNotRead() {
		this.fixture.reader.begin();
		this.fixture.room(0);
		this.fixture.read("waits");
		this.fixture.congest();
		this.fixture.relieve();
		this.fixture.room(10);
		this.fixture.reader.resume();
		this.fixture.reader.stopReading();
		assertThat(this.fixture.readStates).containsExactly(ReadState.OPEN, ReadState.HELD, ReadState.CONGESTED,
				ReadState.HELD, ReadState.OPEN, ReadState.HELD);
	}

	@Test
	void resumingWhatIsNotFullDoesNothing() {
		this.fixture.reader.begin();
		byte[] frame = ReaderFixture.frame("in two parts");
		this.fixture.read(Arrays.copyOf(frame, 10));
		this.fixture.reader.resume();
		this.fixture.read(Arrays.copyOfRange(frame, 10, frame.length));
		assertThat(this.fixture.events).containsExactly("in two parts");
	}

	@Test
	void aDefectBehindTheReaderClosesTheConnectionAndABrokenSocketIsOne() {
		this.fixture.reader.begin();
		this.fixture.channel.pipeline().fireExceptionCaught(new IllegalStateException("of a test"));
		assertThat(this.fixture.connection.closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		try (ReaderFixture broken = ReaderFixture.begun()) {
			broken.channel.pipeline().fireExceptionCaught(new IOException("reset"));
			assertThat(broken.connection.closeReason()).isEqualTo(CloseReason.RESET);
			assertThat(broken.channel.isOpen()).isFalse();
			assertThat(broken.events).containsExactly("closed");
		}
	}

	@Test
	void bytesAreCountedAlsoWhenTheyAreDropped() {
		this.fixture.reader.begin();
		inputEnds();
		this.fixture.read("dropped".getBytes(StandardCharsets.US_ASCII));
		assertThat(this.fixture.connection.bytesIn()).isEqualTo(7);
		assertThat(this.fixture.connection.messagesIn()).isZero();
	}

}
