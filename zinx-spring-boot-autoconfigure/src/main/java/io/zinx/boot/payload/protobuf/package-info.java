/**
 * Payloads of handler methods that are Protobuf messages. Internal.
 */
@NullMarked
package io.zinx.boot.payload.protobuf;

import org.jspecify.annotations.NullMarked;
