/**
 * Internal: the server, the connection and the message in the context (MDC) of the lines
 * that handlers log; may change in any release.
 */
@NullMarked
package io.zinx.boot.logging;

import org.jspecify.annotations.NullMarked;
