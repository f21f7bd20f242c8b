package io.zinx.routing;

/**
 * Throws when it is asked what it is about.
 */
final class Unspeakable extends RuntimeException {

	@Override
	public String getMessage() {
		throw this;
	}

	@Override
	public String toString() {
		throw this;
	}

}
