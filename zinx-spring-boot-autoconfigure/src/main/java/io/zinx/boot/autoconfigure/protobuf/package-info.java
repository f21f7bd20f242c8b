/**
 * Wiring of payloads that are Protobuf messages.
 */
@NullMarked
package io.zinx.boot.autoconfigure.protobuf;

import org.jspecify.annotations.NullMarked;
