package io.zinx.boot.endpoint;

import java.util.List;

import io.zinx.boot.endpoint.ZinxServerDescriptor.RouteDescriptor;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The routers of a server.
 *
 * @param interceptors the classes of its interceptors, in the order in which they are
 * called
 * @param routes its routers: those of single numbers, then those of ranges, both
 * ascending, then the fallback
 */
public record RoutesDescriptor(List<String> interceptors,
		List<RouteDescriptor> routes) implements OperationResponseBody {
}
