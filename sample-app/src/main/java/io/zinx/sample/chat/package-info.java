/**
 * A chat in JSON: {@link io.zinx.sample.chat.ChatHandlers} for its clients,
 * {@link io.zinx.sample.chat.ChatController} for the web.
 */
@NullMarked
package io.zinx.sample.chat;

import org.jspecify.annotations.NullMarked;
