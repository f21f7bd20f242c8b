/**
 * The transport between the nodes of a cluster through Redis: standalone, or found
 * through Sentinel. Users type {@link io.zinx.cluster.redis.RedisBackplane},
 * {@link io.zinx.cluster.redis.RedisBackplaneSettings} and
 * {@link io.zinx.cluster.redis.RedisBackplaneException}; the rest is internal.
 */
@NullMarked
package io.zinx.cluster.redis;

import org.jspecify.annotations.NullMarked;
