/**
 * What tests of an application are configured with:
 * {@link io.zinx.boot.test.autoconfigure.ZinxTest} for its handlers alone,
 * {@link io.zinx.boot.test.autoconfigure.AutoConfigureInMemoryZinx} for a server without
 * a port, and test clients for all.
 */
@NullMarked
package io.zinx.boot.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
