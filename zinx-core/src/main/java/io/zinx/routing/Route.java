package io.zinx.routing;

/**
 * A message number and the router that answers it.
 *
 * @param msgId the message number, 0 to 4294967295
 * @param router the router, behind the middleware that was registered before it
 * @param name the name of the router in logs and errors, for example a bean name
 * @param execution the kind of thread that handles the messages
 */
public record Route(long msgId, Router router, String name, Execution execution) {
}
