/**
 * A small application to run and talk to.
 */
@NullMarked
package io.zinx.sample;

import org.jspecify.annotations.NullMarked;
