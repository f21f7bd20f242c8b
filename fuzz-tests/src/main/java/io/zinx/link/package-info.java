/**
 * Targets for the fuzzer, beside the classes they try.
 */
@NullMarked
package io.zinx.link;

import org.jspecify.annotations.NullMarked;
