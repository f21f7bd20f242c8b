/**
 * Times and log lines: {@link io.zinx.diagnostics.Clocks} and
 * {@link io.zinx.diagnostics.LogThrottle}. Internal: no user types a name of this
 * package.
 */
@NullMarked
package io.zinx.diagnostics;

import org.jspecify.annotations.NullMarked;
