/**
 * A broadcast in ten lines.
 */
@NullMarked
package io.zinx.sample.shout;

import org.jspecify.annotations.NullMarked;
