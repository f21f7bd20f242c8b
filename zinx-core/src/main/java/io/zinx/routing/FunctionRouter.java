package io.zinx.routing;

import java.util.ArrayList;
import java.util.List;

/**
 * A router that calls several functions in order. Any thread.
 */
final class FunctionRouter implements Router {

	private static final RouterFunction[] NONE = {};

	private final RouterFunction[] functions;

	FunctionRouter(List<RouterFunction> functions) {
		this.functions = functions.toArray(NONE);
	}

	/**
	 * Put middleware in front of a router.
	 * @param middleware the functions in front, in order
	 * @param router the router
	 * @return both; the router itself if there is no middleware
	 */
	static Router behind(List<RouterFunction> middleware, Router router) {
		if (middleware.isEmpty()) {
			return router;
		}
		List<RouterFunction> all = new ArrayList<>(middleware);
		if (router instanceof FunctionRouter functions) {
			all.addAll(List.of(functions.functions));
		}
		else {
			all.add((request) -> request.run(router));
		}
		return new FunctionRouter(all);
	}

	@Override
	public void handle(Request request) throws Exception {
		request.run(this.functions);
	}

}
