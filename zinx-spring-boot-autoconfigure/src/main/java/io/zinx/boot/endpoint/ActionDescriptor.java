package io.zinx.boot.endpoint;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The result of an action.
 *
 * @param action the action
 * @param connections the number of connections concerned: those that were kicked, are
 * traced, or were there when the server began to drain or resumed
 * @param changed whether anything was done; {@code false} if there was nothing to do
 * @param state the server's state afterwards: {@code running}, {@code draining} or
 * {@code stopped}
 */
public record ActionDescriptor(String action, int connections, boolean changed,
		String state) implements OperationResponseBody {
}
