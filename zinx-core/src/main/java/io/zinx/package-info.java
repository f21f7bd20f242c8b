/**
 * A server for long connections that speaks the Zinx protocol. Start from
 * {@link io.zinx.server.ZinxServer}. Every sub-package is one stage of a message's way,
 * in this order: {@code transport} (sockets), {@code link} (TLS), {@code admission}
 * (slots and rejected clients), {@code pipeline} (reading), {@code codec} (frames),
 * {@code lane} (one connection's messages in order), {@code worker} (the threads),
 * {@code routing} (routers and interceptors); and back: {@code connection} (connections
 * and broadcasts), {@code outbound} (bounded writes). {@code dispatch} puts lanes and
 * workers together, {@code server} all of them. Besides these: {@code session},
 * {@code heartbeat}, {@code metrics}, {@code message}, {@code lifecycle},
 * {@code eventloop}, {@code diagnostics}.
 */
@NullMarked
package io.zinx;

import org.jspecify.annotations.NullMarked;
