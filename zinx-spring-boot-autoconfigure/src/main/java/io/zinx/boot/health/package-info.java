/**
 * The server's health. Internal: applications see the answer.
 */
@NullMarked
package io.zinx.boot.health;

import org.jspecify.annotations.NullMarked;
