/**
 * Internal: the health of the server, which operators see; may change in any release.
 */
@NullMarked
package io.zinx.boot.health;

import org.jspecify.annotations.NullMarked;
