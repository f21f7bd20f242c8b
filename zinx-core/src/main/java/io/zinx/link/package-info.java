/**
 * The stage between socket and frames: plain TCP, or TLS with its handshake. Users type
 * {@link io.zinx.link.TlsSettings}; the rest is internal.
 */
@NullMarked
package io.zinx.link;

import org.jspecify.annotations.NullMarked;
