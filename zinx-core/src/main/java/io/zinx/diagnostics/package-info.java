/**
 * Times and log lines: {@link io.zinx.diagnostics.Clocks},
 * {@link io.zinx.diagnostics.LogThrottle} and, for texts of peers,
 * {@link io.zinx.diagnostics.PeerText}. Internal: no user types a name of this package.
 */
@NullMarked
package io.zinx.diagnostics;

import org.jspecify.annotations.NullMarked;
