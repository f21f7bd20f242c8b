/**
 * Internal: the actuator endpoint {@code zinx}, which operators see. Its answers are
 * documented, its types are not: they may change in any release.
 */
@NullMarked
package io.zinx.boot.endpoint;

import org.jspecify.annotations.NullMarked;
