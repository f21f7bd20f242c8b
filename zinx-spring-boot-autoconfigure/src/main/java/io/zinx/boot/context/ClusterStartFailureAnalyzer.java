package io.zinx.boot.context;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the server cannot become a node of a cluster.
 */
final class ClusterStartFailureAnalyzer extends AbstractFailureAnalyzer<ClusterStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ClusterStartException cause) {
		return new FailureAnalysis(cause.problem(), cause.action(), cause);
	}

}
