package io.zinx.connection;

import java.time.Duration;
import java.util.Objects;

import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The way in which a connection drains: everything its peer had sent is read, handled and
 * answered, then it closes.
 *
 * @param reason why it closes then
 * @param quietPeriod how long what the peer has sent may be on its way, zero or more
 * @param patience how long a peer is waited for that takes nothing of what waits for it,
 * or does not send the rest of a frame, zero or more
 * @param delay how long the connection stays at least, zero or more
 * @param lateRequests what becomes of messages that come when the quiet period is over
 * @param refusal what the peer gets for each of them with {@link LateRequests#REFUSE},
 * else {@code null}
 */
public record DrainPlan(CloseReason reason, Duration quietPeriod, Duration patience, Duration delay,
		LateRequests lateRequests, @Nullable Message refusal) {

	public DrainPlan {
		Objects.requireNonNull(reason, "reason");
		Objects.requireNonNull(quietPeriod, "quietPeriod");
		Objects.requireNonNull(patience, "patience");
		Objects.requireNonNull(delay, "delay");
		Objects.requireNonNull(lateRequests, "lateRequests");
	}

}
