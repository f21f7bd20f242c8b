/**
 * A chat in ten lines.
 */
@NullMarked
package io.zinx.sample.chat;

import org.jspecify.annotations.NullMarked;
