package io.zinx.boot.autoconfigure;

import io.zinx.metrics.HandlerTiming;

/**
 * Properties of the measurement of handlers.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class MetricsProperties {

	/**
	 * Selection of the messages for which the time in their handler is measured.
	 */
	private HandlerTiming timing = HandlerTiming.SAMPLED;

	public HandlerTiming getTiming() {
		return this.timing;
	}

	public void setTiming(HandlerTiming timing) {
		this.timing = timing;
	}

}
