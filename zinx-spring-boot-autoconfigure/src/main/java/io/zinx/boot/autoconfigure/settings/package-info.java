/**
 * The auto-configuration of the warnings about settings that have no effect. Users type
 * {@link io.zinx.boot.autoconfigure.settings.ZinxSettingsAutoConfiguration}, to exclude
 * it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.settings;

import org.jspecify.annotations.NullMarked;
