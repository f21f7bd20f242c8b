package io.zinx.routing;

/**
 * A router that does nothing, to extend with those of the three methods that are wanted.
 */
public abstract class BaseRouter implements Router {

	@Override
	public void preHandle(Request request) throws Exception {
	}

	@Override
	public void handle(Request request) throws Exception {
	}

	@Override
	public void postHandle(Request request) throws Exception {
	}

}
