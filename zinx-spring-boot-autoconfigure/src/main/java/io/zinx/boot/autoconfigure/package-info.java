/**
 * The auto-configuration of the server and its properties. Users type
 * {@link io.zinx.boot.autoconfigure.ZinxServerCustomizer},
 * {@link io.zinx.boot.autoconfigure.ZinxHeartbeatCustomizer},
 * {@link io.zinx.boot.autoconfigure.ZinxProperties} and, to exclude it,
 * {@link io.zinx.boot.autoconfigure.ZinxAutoConfiguration}; the rest is internal: it is
 * set by properties.
 */
@NullMarked
package io.zinx.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
