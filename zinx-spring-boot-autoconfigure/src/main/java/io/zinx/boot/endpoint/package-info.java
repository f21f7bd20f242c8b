/**
 * The actuator endpoint {@code zinx}: the server and its connections.
 */
@NullMarked
package io.zinx.boot.endpoint;

import org.jspecify.annotations.NullMarked;
