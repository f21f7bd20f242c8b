package io.zinx.boot.endpoint;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.server.ZinxServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of an operator. Each is logged, and none waits for handlers; drain and
 * resume wait for event loops, for about a second if one is blocked.
 */
final class Actions {

	/** The default time for which a connection is traced, in seconds. */
	private static final int DEFAULT_SECONDS = 30;

	private static final int MOST_SECONDS = 3600;

	private static final Logger logger = LoggerFactory.getLogger(Actions.class);

	private final ZinxServer server;

	Actions(ZinxServer server) {
		this.server = server;
	}

	ActionDescriptor kick(@Nullable String key, @Nullable String group, @Nullable String remote) {
		List<String> given = Stream.of(key, group, remote).filter(Objects::nonNull).map(String::valueOf).toList();
		if (given.size() != 1) {
			throw RequestParameters.invalid("kick", given.toString(), "exactly one of key, group and remote");
		}
		Collection<Connection> kicked = find(this.server.connManager(), key, group, remote);
		kicked.forEach((connection) -> connection.close(CloseReason.KICKED));
		return done("kick", kicked.size(), !kicked.isEmpty());
	}

	private static Collection<Connection> find(ConnManager connections, @Nullable String key, @Nullable String group,
			@Nullable String remote) {
		if (key != null) {
			return connections.allByKey(key);
		}
		if (group != null) {
			return connections.group(group).members();
		}
		String from = Objects.requireNonNull(remote);
		return connections.find((connection) -> ConnectionFilter.isFrom(connection.remoteAddress(), from));
	}

	ActionDescriptor drain() {
		int connections = this.server.connManager().size();
		return done("drain", connections, this.server.drain());
	}

	ActionDescriptor resume() {
		boolean resumed = this.server.resume();
		return done("resume", this.server.connManager().size(), resumed);
	}

	ActionDescriptor trace(@Nullable Long connId, @Nullable Integer seconds) {
		if (connId == null) {
			throw RequestParameters.invalid("connId", null, "the number of a connection");
		}
		int duration = (seconds != null) ? seconds : DEFAULT_SECONDS;
		if (duration < 1 || duration > MOST_SECONDS) {
			throw RequestParameters.invalid("seconds", "" + duration, "1 to " + MOST_SECONDS);
		}
		boolean traced = this.server.trace(connId, Duration.ofSeconds(duration));
		return done("trace", traced ? 1 : 0, traced);
	}

	private ActionDescriptor done(String action, int connections, boolean changed) {
		logger.info("[{}] Operator action '{}' on {} connections{}", this.server.config().name(), action, connections,
				changed ? "" : ": nothing to do");
		return new ActionDescriptor(action, connections, changed, this.server.phase().toString());
	}

}
