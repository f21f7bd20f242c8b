/**
 * Internal: the threads of a server, event loops that may change their thread, the tasks
 * and values of one event loop, and access to what Netty's channels do not publish; may
 * change in any release.
 */
@NullMarked
package io.zinx.eventloop;

import org.jspecify.annotations.NullMarked;
