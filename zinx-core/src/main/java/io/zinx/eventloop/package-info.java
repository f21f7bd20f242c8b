/**
 * The threads of a server, and one event loop: the tasks it is given, the values it owns,
 * and what of Netty's channels is reached past their public side. Internal: no user types
 * a name of this package.
 */
@NullMarked
package io.zinx.eventloop;

import org.jspecify.annotations.NullMarked;
