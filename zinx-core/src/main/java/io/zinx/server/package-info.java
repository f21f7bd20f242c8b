/**
 * The server. Users type {@link io.zinx.server.ZinxServer},
 * {@link io.zinx.server.ZinxServerBuilder}, {@link io.zinx.server.ServerConfig},
 * {@link io.zinx.server.ServerConfigBuilder}, {@link io.zinx.server.DrainSettings},
 * {@link io.zinx.server.Goodbye} and {@link io.zinx.server.ServerPhase}, which are all
 * public types.
 */
@NullMarked
package io.zinx.server;

import org.jspecify.annotations.NullMarked;
