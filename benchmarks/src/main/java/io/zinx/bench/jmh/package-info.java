/**
 * Single steps of a message's way under JMH: decoding, encoding, the hand-off to workers,
 * a broadcast. The register of connections is measured beside its classes, in
 * {@code io.zinx.connection}.
 */
@NullMarked
package io.zinx.bench.jmh;

import org.jspecify.annotations.NullMarked;
