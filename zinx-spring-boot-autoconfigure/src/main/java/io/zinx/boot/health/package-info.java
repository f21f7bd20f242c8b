/**
 * The server's health.
 */
@NullMarked
package io.zinx.boot.health;

import org.jspecify.annotations.NullMarked;
