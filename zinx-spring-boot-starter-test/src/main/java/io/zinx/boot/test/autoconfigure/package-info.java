/**
 * The configuration of an application's tests. Users type
 * {@link io.zinx.boot.test.autoconfigure.ZinxTest} for its handlers alone,
 * {@link io.zinx.boot.test.autoconfigure.AutoConfigureInMemoryZinx} for a server without
 * a port, and {@link io.zinx.boot.test.autoconfigure.AutoConfigureZinx}; the rest is
 * internal.
 */
@NullMarked
package io.zinx.boot.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
