/**
 * Clients for tests: {@link io.zinx.boot.test.client.ZinxTestClient}, one of them, and
 * {@link io.zinx.boot.test.client.ZinxTestClients}, which makes them.
 */
@NullMarked
package io.zinx.boot.test.client;

import org.jspecify.annotations.NullMarked;
