/**
 * Who is talking: {@link io.zinx.connection.Connection}, the
 * {@link io.zinx.connection.ConnManager} that knows them all, and the bounded way out.
 */
@NullMarked
package io.zinx.connection;

import org.jspecify.annotations.NullMarked;
