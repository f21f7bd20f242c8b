package io.zinx.boot.autoconfigure.cluster;

import io.zinx.cluster.redis.RedisBackplaneException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the cluster cannot use the Redis of the application as it is configured.
 */
final class RedisBackplaneFailureAnalyzer extends AbstractFailureAnalyzer<RedisBackplaneException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, RedisBackplaneException cause) {
		return new FailureAnalysis(
				"zinx.cluster.enabled is true, but the cluster cannot use Redis. " + cause.getMessage(),
				"Correct spring.data.redis.*, for example spring.data.redis.username and spring.data.redis.password "
						+ "(of Sentinels: spring.data.redis.sentinel.username and .password), or the user in Redis.",
				cause);
	}

}
