/**
 * The server in the life of an application context: start, stop, its port.
 */
@NullMarked
package io.zinx.boot.context;

import org.jspecify.annotations.NullMarked;
