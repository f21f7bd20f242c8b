/**
 * The auto-configuration of payloads in JSON. Users type
 * {@link io.zinx.boot.autoconfigure.json.ZinxJsonAutoConfiguration}, to exclude it; the
 * rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.json;

import org.jspecify.annotations.NullMarked;
