package io.zinx.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.codec.ChecksumException;
import io.zinx.codec.CorruptFrameException;
import io.zinx.codec.FrameException;
import io.zinx.codec.FrameTooLongException;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.CloseReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FrameFaultTests {

	private final FrameException swapped = new FrameTooLongException(0x0100_0000L, 4096);

	private final Logger logger = (Logger) LoggerFactory.getLogger(ByteOrderHint.class);

	private final ListAppender<ILoggingEvent> hints = new ListAppender<>();

	@BeforeEach
	void capture() {
		this.hints.start();
		this.logger.setAdditive(false);
		this.logger.addAppender(this.hints);
	}

	@AfterEach
	void release() {
		this.logger.detachAppender(this.hints);
		this.logger.setAdditive(true);
	}

	private static CloseReason report(FrameException ex, boolean first) {
		return FrameFault.report("Connection 7", new TlvCodec(), ex, first);
	}

	@Test
	void theReasonOfTheEndIsThatOfTheFault() {
		assertThat(report(this.swapped, false)).isEqualTo(CloseReason.FRAME_TOO_LONG);
		assertThat(report(new ChecksumException(1, 2), false)).isEqualTo(CloseReason.BAD_CHECKSUM);
		assertThat(report(new CorruptFrameException("bad"), true)).isEqualTo(CloseReason.CORRUPT_FRAME);
		assertThat(this.hints.list).isEmpty();
	}

	@Test
	void onlyTheFirstFrameOfAConnectionCanHintAtTheOtherFormat() {
		// At most one hint a second is logged.
		Awaitility.await().until(() -> {
			assertThat(report(this.swapped, true)).isEqualTo(CloseReason.FRAME_TOO_LONG);
			return !this.hints.list.isEmpty();
		});
		assertThat(this.hints.list.get(0).getLevel()).isEqualTo(Level.WARN);
		assertThat(this.hints.list.get(0).getFormattedMessage()).startsWith("Connection 7: ").contains("ltv");
	}

}
