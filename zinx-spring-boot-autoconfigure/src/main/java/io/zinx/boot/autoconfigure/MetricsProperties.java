package io.zinx.boot.autoconfigure;

import io.zinx.metrics.HandlerTiming;

/**
 * What is measured.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class MetricsProperties {

	/**
	 * For which messages to measure how long their handler takes.
	 */
	private HandlerTiming timing = HandlerTiming.SAMPLED;

	public HandlerTiming getTiming() {
		return this.timing;
	}

	public void setTiming(HandlerTiming timing) {
		this.timing = timing;
	}

}
