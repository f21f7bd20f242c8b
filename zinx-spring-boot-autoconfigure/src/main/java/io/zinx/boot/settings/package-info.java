/**
 * Internal: the settings that a user has typed, in whatever source and spelling, and
 * those that exist; may change in any release.
 */
@NullMarked
package io.zinx.boot.settings;

import org.jspecify.annotations.NullMarked;
