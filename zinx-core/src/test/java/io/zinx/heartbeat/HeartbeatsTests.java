package io.zinx.heartbeat;

import java.time.Duration;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class HeartbeatsTests {

	private final Logger logger = (Logger) LoggerFactory.getLogger(Heartbeats.class);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@BeforeEach
	void capture() {
		this.lines.start();
		this.logger.setAdditive(false);
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void release() {
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
	}

	@ParameterizedTest
	@CsvSource({ "SEND, 10, 10, true", "SEND, 11, 10, true", "SEND, 9, 10, false", "CHECK_ONLY, 11, 10, false",
			"REPLY, 11, 10, false", "OFF, 11, 10, false" })
	void warnsOfHeartbeatsThatComeTooLateForThoseWhoOnlyAnswerThem(HeartbeatMode mode, int interval, int timeout,
			boolean warns) {
		HeartbeatSettings settings = HeartbeatSettings.builder(mode)
			.interval(Duration.ofSeconds(interval))
			.timeout(Duration.ofSeconds(timeout))
			.build();
		new Heartbeats("game", settings, IdleSettings.OFF, ReceiveTimeouts.OFF, System::nanoTime);
		if (warns) {
			assertThat(this.lines.list).extracting(ILoggingEvent::getFormattedMessage)
				.singleElement()
				.asString()
				.contains("[game] zinx.heartbeat.interval (PT" + interval
						+ "S) is not shorter than zinx.heartbeat.timeout (PT10S)");
		}
		else {
			assertThat(this.lines.list).isEmpty();
		}
	}

}
