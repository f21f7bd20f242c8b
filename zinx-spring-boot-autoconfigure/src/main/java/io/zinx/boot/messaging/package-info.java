/**
 * Sending from anywhere in an application. Users type
 * {@link io.zinx.boot.messaging.ZinxTemplate} and
 * {@link io.zinx.boot.messaging.ClusterTemplate}, the only types.
 */
@NullMarked
package io.zinx.boot.messaging;

import org.jspecify.annotations.NullMarked;
