/**
 * The server in the life of an application context: start, stop, its port. Applications
 * type the events and {@code ShutdownMode}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.context;

import org.jspecify.annotations.NullMarked;
