package io.zinx.authentication;

import java.security.Principal;

import org.jspecify.annotations.Nullable;

/**
 * The facts by which a client was admitted, which stay with its connection.
 *
 * @param principal the client's identity; {@code null} for none
 * @param request the facts that the {@link ConnectionAuthenticator} has seen
 */
public record Authentication(@Nullable Principal principal, ConnectionRequest request) {
}
