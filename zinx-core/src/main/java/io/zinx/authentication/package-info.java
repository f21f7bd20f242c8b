/**
 * The question to the application whether a client may connect. Users type
 * {@link io.zinx.authentication.ConnectionAuthenticator},
 * {@link io.zinx.authentication.ConnectionRequest},
 * {@link io.zinx.authentication.AuthenticationResult},
 * {@link io.zinx.authentication.Authentication} and
 * {@link io.zinx.authentication.AuthenticationSettings}; the rest is internal.
 */
@NullMarked
package io.zinx.authentication;

import org.jspecify.annotations.NullMarked;
