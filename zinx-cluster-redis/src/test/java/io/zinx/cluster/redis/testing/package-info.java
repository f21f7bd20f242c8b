/**
 * Redis servers for the tests of all modules, started from the binaries on the path.
 */
@NullMarked
package io.zinx.cluster.redis.testing;

import org.jspecify.annotations.NullMarked;
