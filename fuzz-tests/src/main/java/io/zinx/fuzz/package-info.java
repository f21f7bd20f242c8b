/**
 * Seeds of the fuzzer: {@link io.zinx.fuzz.Seeds}.
 */
@NullMarked
package io.zinx.fuzz;

import org.jspecify.annotations.NullMarked;
