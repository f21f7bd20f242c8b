/**
 * The smallest application there can be.
 */
@NullMarked
package io.zinx.it.minimal;

import org.jspecify.annotations.NullMarked;
