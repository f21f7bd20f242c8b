package io.zinx.boot.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A connection with all that is known of it.
 *
 * @param connId its number
 * @param remoteAddress the peer's address
 * @param localAddress the server's address
 * @param opened when it was admitted
 * @param lastActive when bytes were last received
 * @param messagesIn messages received
 * @param messagesOut messages sent
 * @param bytesIn bytes received
 * @param bytesOut bytes sent
 * @param bytesQueued bytes that wait to be written
 * @param open whether messages can be sent
 * @param closeReason why it has ended, or {@code null} while it is open
 * @param propertyNames the names of its properties; the values may be personal data and
 * are not shown
 * @param keys the keys it has bound, or had when it ended
 * @param groups the groups it is in, or was in when it ended
 */
public record ConnectionDetailsDescriptor(long connId, String remoteAddress, String localAddress, Instant opened,
		Instant lastActive, long messagesIn, long messagesOut, long bytesIn, long bytesOut, long bytesQueued,
		boolean open, @Nullable String closeReason, List<String> propertyNames, List<String> keys,
		List<String> groups) implements OperationResponseBody {

	static ConnectionDetailsDescriptor of(Connection connection) {
		ConnectionDescriptor summary = ConnectionDescriptor.of(connection);
		CloseReason closeReason = connection.closeReason();
		return new ConnectionDetailsDescriptor(summary.connId(), summary.remoteAddress(), summary.localAddress(),
				summary.opened(), summary.lastActive(), summary.messagesIn(), summary.messagesOut(), summary.bytesIn(),
				summary.bytesOut(), summary.bytesQueued(), connection.isOpen(),
				(closeReason != null) ? closeReason.tag() : null, sorted(connection.propertyNames()),
				sorted(connection.keys()), sorted(connection.groups()));
	}

	private static List<String> sorted(Set<String> names) {
		return names.stream().sorted().toList();
	}

}
