/**
 * Wiring of the actuator endpoint.
 */
@NullMarked
package io.zinx.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
