package io.zinx.routing;

import io.zinx.ZinxException;

/**
 * Thrown when two ranges of message numbers have a number in common, or a second fallback
 * is registered, which is a range of all numbers.
 */
public final class OverlappingRangesException extends ZinxException {

	private final transient RouteRange first;

	private final transient RouteRange second;

	OverlappingRangesException(RouteRange first, RouteRange second) {
		super("Two ranges of message numbers overlap: " + first + " and " + second);
		this.first = first;
		this.second = second;
	}

	/**
	 * The range that was registered first.
	 * @return the range and its router
	 */
	public RouteRange first() {
		return this.first;
	}

	/**
	 * The range that was not registered.
	 * @return the range and its router
	 */
	public RouteRange second() {
		return this.second;
	}

}
