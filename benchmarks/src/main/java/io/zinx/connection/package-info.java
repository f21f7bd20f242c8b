/**
 * Benchmarks of package-private types.
 */
@NullMarked
package io.zinx.connection;

import org.jspecify.annotations.NullMarked;
