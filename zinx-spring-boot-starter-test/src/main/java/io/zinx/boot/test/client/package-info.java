/**
 * Clients for tests. Users type {@link io.zinx.boot.test.client.ZinxTestClient},
 * {@link io.zinx.boot.test.client.ZinxTestClients}, which creates them,
 * {@link io.zinx.boot.test.client.ReceivedMessage},
 * {@link io.zinx.boot.test.client.ReceivedMessageAssert} and
 * {@link io.zinx.boot.test.client.ConnectionEnd}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.test.client;

import org.jspecify.annotations.NullMarked;
