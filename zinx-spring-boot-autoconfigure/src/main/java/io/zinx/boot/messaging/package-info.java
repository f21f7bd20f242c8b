/**
 * Sending from anywhere in an application. Users type
 * {@link io.zinx.boot.messaging.ZinxTemplate}, the only type.
 */
@NullMarked
package io.zinx.boot.messaging;

import org.jspecify.annotations.NullMarked;
