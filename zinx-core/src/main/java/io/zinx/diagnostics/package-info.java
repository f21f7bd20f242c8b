/**
 * Internal: clocks, and log lines that are throttled and safe to print; may change in any
 * release.
 */
@NullMarked
package io.zinx.diagnostics;

import org.jspecify.annotations.NullMarked;
