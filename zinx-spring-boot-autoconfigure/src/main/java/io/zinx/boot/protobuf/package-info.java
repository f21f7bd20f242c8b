/**
 * Payloads of handler methods that are Protobuf messages.
 */
@NullMarked
package io.zinx.boot.protobuf;

import org.jspecify.annotations.NullMarked;
