/**
 * Targets for the fuzzer, beside the classes they try.
 */
@NullMarked
package io.zinx.cluster;

import org.jspecify.annotations.NullMarked;
