/**
 * The auto-configuration of the info contributor. Users type
 * {@link io.zinx.boot.autoconfigure.info.ZinxInfoContributorAutoConfiguration}, to
 * exclude it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.info;

import org.jspecify.annotations.NullMarked;
