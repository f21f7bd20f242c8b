/**
 * The auto-configuration of payloads that are Protobuf messages. Users type
 * {@link io.zinx.boot.autoconfigure.protobuf.ZinxProtobufAutoConfiguration}, to exclude
 * it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.protobuf;

import org.jspecify.annotations.NullMarked;
