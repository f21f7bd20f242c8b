/**
 * A package for component scanning to scan.
 */
@NullMarked
package io.zinx.boot.routing.scanned;

import org.jspecify.annotations.NullMarked;
