/**
 * The actuator endpoint {@code zinx}: the server and its connections. Internal: operators
 * see the answers.
 */
@NullMarked
package io.zinx.boot.endpoint;

import org.jspecify.annotations.NullMarked;
