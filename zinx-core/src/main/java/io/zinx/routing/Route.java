package io.zinx.routing;

/**
 * A message number and the router that answers it.
 *
 * @param msgId the message number, 0 to 4294967295
 * @param router the router, behind the middleware that was registered before it
 * @param name what the router is called in logs and errors, for example a bean name
 * @param execution on which thread it handles them
 */
public record Route(long msgId, Router router, String name, Execution execution) {
}
