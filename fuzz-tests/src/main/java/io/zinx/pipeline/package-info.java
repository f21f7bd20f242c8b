/**
 * Targets for the fuzzer, beside the classes they try.
 */
@NullMarked
package io.zinx.pipeline;

import org.jspecify.annotations.NullMarked;
