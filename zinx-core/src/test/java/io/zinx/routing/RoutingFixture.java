package io.zinx.routing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.zinx.routing.Routes.Outcome;

/**
 * A registry whose messages are handled without a server.
 */
final class RoutingFixture {

	final RouteRegistry registry = new RouteRegistry();

	final SentMessages connection = new SentMessages();

	final List<String> calls = new ArrayList<>();

	private final List<PendingAnswer> awaited = new ArrayList<>();

	Outcome handle(long msgId, String text) {
		return handle(this.registry, msgId, text);
	}

	Outcome handle(RouteRegistry registry, long msgId, String text) {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		return registry.snapshot()
			.handle(this.connection.connection(), msgId, Unpooled.wrappedBuffer(body), 0, body.length,
					this.awaited::add);
	}

	/**
	 * The answers that come later.
	 */
	List<PendingAnswer> awaited() {
		return this.awaited;
	}

	/**
	 * A function that notes its name.
	 */
	RouterFunction note(String name) {
		return (request) -> this.calls.add(name);
	}

	/**
	 * A function that notes its name before and behind the rest.
	 */
	RouterFunction around(String name) {
		return (request) -> {
			this.calls.add(name + " in");
			request.next();
			this.calls.add(name + " out");
		};
	}

	/**
	 * A router that notes its methods.
	 */
	NotingRouter router() {
		return new NotingRouter(this.calls);
	}

	/**
	 * A router that notes its methods, to override.
	 */
	static class NotingRouter extends BaseRouter {

		private final List<String> calls;

		NotingRouter(List<String> calls) {
			this.calls = calls;
		}

		@Override
		public void preHandle(Request request) throws Exception {
			this.calls.add("pre");
		}

		@Override
		public void handle(Request request) throws Exception {
			this.calls.add("handle");
		}

		@Override
		public void postHandle(Request request) throws Exception {
			this.calls.add("post");
		}

	}

}
