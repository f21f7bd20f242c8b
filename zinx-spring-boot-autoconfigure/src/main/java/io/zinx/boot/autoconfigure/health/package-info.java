/**
 * The auto-configuration of the health indicator. Users type
 * {@link io.zinx.boot.autoconfigure.health.ZinxHealthContributorAutoConfiguration}, to
 * exclude it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
