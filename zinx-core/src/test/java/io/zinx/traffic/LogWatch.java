package io.zinx.traffic;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * What the framework logs and should not, until this is closed. Nothing else is printed
 * meanwhile.
 */
final class LogWatch implements AutoCloseable {

	private static final int MOST = 5;

	private final Queue<String> lines = new ConcurrentLinkedQueue<>();

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.zinx");

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			note(event);
		}
	};

	LogWatch() {
		this.logger.setAdditive(false);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	private void note(ILoggingEvent event) {
		boolean cutOff = event.getFormattedMessage().contains("grace period is over");
		boolean thrown = event.getThrowableProxy() != null
				&& Handling.AS_THE_TEST_SAYS.equals(event.getThrowableProxy().getMessage());
		if ((event.getLevel().isGreaterOrEqual(Level.ERROR) || cutOff) && !thrown && this.lines.size() < MOST) {
			this.lines.add("logged: " + event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
		}
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setAdditive(true);
	}

}
