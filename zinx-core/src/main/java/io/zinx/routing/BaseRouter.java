package io.zinx.routing;

/**
 * A router whose three methods do nothing, as a base class for routers that override some
 * of them.
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
