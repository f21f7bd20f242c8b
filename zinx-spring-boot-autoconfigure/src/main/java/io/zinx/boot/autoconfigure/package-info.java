/**
 * Wiring of the server: {@code ZinxProperties} and {@code ZinxServerCustomizer} are what
 * an application sees.
 */
@NullMarked
package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
