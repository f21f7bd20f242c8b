/**
 * What the server tells of itself in {@code /actuator/info}. Internal: applications see
 * the answer.
 */
@NullMarked
package io.zinx.boot.info;

import org.jspecify.annotations.NullMarked;
