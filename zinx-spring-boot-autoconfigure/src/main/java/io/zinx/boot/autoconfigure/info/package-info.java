/**
 * Wiring of the info contributor.
 */
@NullMarked
package io.zinx.boot.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
