/**
 * The auto-configuration of the log context. Users type
 * {@link io.zinx.boot.autoconfigure.logging.ZinxLoggingAutoConfiguration}, to exclude it;
 * the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.logging;

import org.jspecify.annotations.NullMarked;
