/**
 * The program of the README.
 */
@NullMarked
package io.zinx.it.readme;

import org.jspecify.annotations.NullMarked;
