/**
 * The server: {@link io.zinx.server.ZinxServer} and its
 * {@link io.zinx.server.ServerConfig}. Users type these two,
 * {@link io.zinx.server.ServerConfigBuilder}, {@link io.zinx.server.DrainSettings},
 * {@link io.zinx.server.Goodbye} and {@link io.zinx.server.ServerPhase}; the rest is
 * internal.
 */
@NullMarked
package io.zinx.server;

import org.jspecify.annotations.NullMarked;
