/**
 * The server: {@link io.zinx.server.ZinxServer} and its
 * {@link io.zinx.server.ServerConfig}.
 */
@NullMarked
package io.zinx.server;

import org.jspecify.annotations.NullMarked;
