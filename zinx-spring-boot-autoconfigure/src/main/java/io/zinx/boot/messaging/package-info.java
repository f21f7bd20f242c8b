/**
 * Sending from anywhere in an application: {@link io.zinx.boot.messaging.ZinxTemplate}.
 */
@NullMarked
package io.zinx.boot.messaging;

import org.jspecify.annotations.NullMarked;
