/**
 * Messages: {@link io.zinx.message.Message}, a number and a body.
 */
@NullMarked
package io.zinx.message;

import org.jspecify.annotations.NullMarked;
