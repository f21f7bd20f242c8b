/**
 * The auto-configuration of a node of a cluster and of its backplane. Users type
 * {@link io.zinx.boot.autoconfigure.cluster.ZinxClusterAutoConfiguration} and
 * {@link io.zinx.boot.autoconfigure.cluster.ZinxRedisBackplaneAutoConfiguration}, to
 * exclude them; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.cluster;

import org.jspecify.annotations.NullMarked;
