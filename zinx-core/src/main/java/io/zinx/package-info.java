/**
 * A server for long connections that speaks the Zinx protocol. Start from
 * {@link io.zinx.server.ZinxServer}. Every sub-package is one stage of a message's way,
 * in this order: {@code transport} (sockets), {@code link} (TLS), {@code admission}
 * (clients that may come in), {@code pipeline} (reading and cutting), {@code codec}
 * (frames), {@code inbound} (the memory of what was received), {@code lane} (the messages
 * of one connection in order), {@code worker} (threads), {@code routing} (the code that
 * answers); back: {@code connection} (the peers), {@code outbound} (the bounded way out).
 * {@code dispatch} puts lanes and workers together, {@code server} all of them. Beside
 * the way: {@code session}, {@code heartbeat}, {@code metrics}, {@code message},
 * {@code lifecycle}, {@code eventloop}, {@code diagnostics}.
 * <p>
 * Users type {@link io.zinx.ZinxException} and {@link io.zinx.InvalidSettingException}.
 */
@NullMarked
package io.zinx;

import org.jspecify.annotations.NullMarked;
