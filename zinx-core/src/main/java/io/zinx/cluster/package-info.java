/**
 * Several servers as one: messages to a key, a group or everybody reach connections of
 * all nodes through a {@link io.zinx.cluster.Backplane}, which does the transport. There
 * is no directory of who is where: a node subscribes to the topic of a key or group while
 * it has members of it. Users type {@link io.zinx.cluster.ZinxCluster},
 * {@link io.zinx.cluster.PushTarget}, {@link io.zinx.cluster.PushResult},
 * {@link io.zinx.cluster.PushState}, {@link io.zinx.cluster.ClusterNode},
 * {@link io.zinx.cluster.ClusterListener},
 * {@link io.zinx.cluster.ClusterUnavailableException}, and without Spring
 * {@link io.zinx.cluster.ClusterMember}, {@link io.zinx.cluster.ClusterSettings} and
 * {@link io.zinx.cluster.InProcessBackplane}; who writes another transport types
 * {@link io.zinx.cluster.Backplane} and {@link io.zinx.cluster.BackplaneListener}. The
 * rest is internal.
 */
@NullMarked
package io.zinx.cluster;

import org.jspecify.annotations.NullMarked;
