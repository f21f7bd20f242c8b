package io.zinx.boot.context;

import io.zinx.transport.ServerBindException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that the server cannot listen on its address and port, or on its Unix domain
 * socket.
 */
final class ServerBindFailureAnalyzer extends AbstractFailureAnalyzer<ServerBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ServerBindException cause) {
		if (cause.unixSocket() != null) {
			return new FailureAnalysis(
					"The Zinx server failed to start because it cannot listen on the Unix domain socket "
							+ cause.unixSocket() + ": " + cause.reason() + ".",
					cause.isPortInUse()
							? "Stop the process that listens there, or set zinx.unix-socket.path to another path."
							: "Set zinx.unix-socket.path to a path where nothing is, in a directory that exists and in "
									+ "which this process may create files.",
					cause);
		}
		if (cause.isPortInUse()) {
			return new FailureAnalysis(
					"The Zinx server failed to start because port " + cause.port() + " on " + cause.host()
							+ " is already in use.",
					"Stop the process that listens on port " + cause.port() + ", or set " + cause.property()
							+ " to another port (0 for a random free port).",
					cause);
		}
		return new FailureAnalysis("The Zinx server failed to start because it cannot listen on " + cause.host() + ", "
				+ ((cause.port() != 0) ? "port " + cause.port() : "any free port") + ": " + cause.reason() + ".",
				"Set zinx.host to an address of this machine (0.0.0.0 for all) and " + cause.property()
						+ " to a port that this process may listen on.",
				cause);
	}

}
