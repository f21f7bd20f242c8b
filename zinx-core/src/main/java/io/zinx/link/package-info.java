/**
 * The stage between socket and frames: plain bytes, TLS with its handshake, headers of
 * the PROXY protocol, and the decision between them by the first bytes of a client. Users
 * type {@link io.zinx.link.TlsSettings}, {@link io.zinx.link.ProxyProtocolSettings} and
 * {@link io.zinx.link.ProxyHeader}; the rest is internal.
 */
@NullMarked
package io.zinx.link;

import org.jspecify.annotations.NullMarked;
