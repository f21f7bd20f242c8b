/**
 * Benchmarks of what only the framework can reach.
 */
@NullMarked
package io.zinx.connection;

import org.jspecify.annotations.NullMarked;
