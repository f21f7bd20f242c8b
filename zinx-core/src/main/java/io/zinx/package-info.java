/**
 * A server for long connections that speaks the Zinx protocol. Start from
 * {@link io.zinx.server.ZinxServer}; every sub-package is one stage of a message's way:
 * {@code transport} (sockets), {@code codec} (frames), {@code connection} (who is
 * talking), {@code dispatch} (on which thread), {@code routing} (which code answers).
 */
@NullMarked
package io.zinx;

import org.jspecify.annotations.NullMarked;
