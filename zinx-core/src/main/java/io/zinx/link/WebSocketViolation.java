package io.zinx.link;

/**
 * The event that a client has broken a rule of WebSocket. Nothing more can be read from
 * it.
 *
 * @param tooLong whether a frame was too long
 * @param description the rule, in words
 */
public record WebSocketViolation(boolean tooLong, String description) {
}
