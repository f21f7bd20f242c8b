package io.zinx.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * The lines that one class logs until this is closed, from level INFO on. Any thread.
 */
public final class CapturedLog implements AutoCloseable {

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	private final Logger logger;

	private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
		@Override
		protected void append(ILoggingEvent event) {
			CapturedLog.this.events.add(event);
		}
	};

	/**
	 * Begin to capture.
	 * @param type the class that logs
	 */
	public CapturedLog(Class<?> type) {
		this(type.getName());
	}

	/**
	 * Begin to capture.
	 * @param name the name of the logger
	 */
	public CapturedLog(String name) {
		this.logger = (Logger) LoggerFactory.getLogger(name);
		this.logger.setLevel(Level.INFO);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	/**
	 * The lines until now.
	 * @return the lines, without their exceptions
	 */
	public List<String> lines() {
		return this.events.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/**
	 * What was thrown, of the lines that were logged with an exception.
	 * @return class and message of each
	 */
	public List<String> thrown() {
		return this.events.stream()
			.map(ILoggingEvent::getThrowableProxy)
			.filter((thrown) -> thrown != null)
			.map((thrown) -> thrown.getClassName() + ": " + thrown.getMessage())
			.toList();
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(null);
	}

}
