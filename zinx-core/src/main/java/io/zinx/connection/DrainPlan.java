package io.zinx.connection;

import java.time.Duration;
import java.util.Objects;

import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * The plan of the drain of one connection: everything its peer has sent is read, handled
 * and answered, then it closes.
 *
 * @param reason the reason of its close
 * @param quietPeriod the time in which messages sent before may still arrive, zero or
 * more
 * @param patience the time to wait for a peer that does not read, or does not send the
 * rest of a frame, zero or more
 * @param delay the time that the connection stays open at least, zero or more
 * @param lateRequests the policy for messages that arrive after the quiet period
 * @param refusal the answer to each of them with {@link LateRequests#REFUSE}, otherwise
 * {@code null}
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
