/**
 * Internal: the server in {@code /actuator/info}, which operators see; may change in any
 * release.
 */
@NullMarked
package io.zinx.boot.info;

import org.jspecify.annotations.NullMarked;
