/**
 * Messages: a number and a body. Users type {@link io.zinx.message.Message} and
 * {@link io.zinx.message.Body}; the rest is internal.
 */
@NullMarked
package io.zinx.message;

import org.jspecify.annotations.NullMarked;
