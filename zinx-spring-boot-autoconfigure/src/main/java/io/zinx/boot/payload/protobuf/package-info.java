/**
 * Internal: payloads of handler methods that are Protobuf messages; may change in any
 * release.
 */
@NullMarked
package io.zinx.boot.payload.protobuf;

import org.jspecify.annotations.NullMarked;
