/**
 * Targets for the fuzzer, beside the classes they try.
 */
@NullMarked
package io.zinx.boot.configfile;

import org.jspecify.annotations.NullMarked;
