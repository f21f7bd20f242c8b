/**
 * What the server tells of itself in {@code /actuator/info}.
 */
@NullMarked
package io.zinx.boot.info;

import org.jspecify.annotations.NullMarked;
