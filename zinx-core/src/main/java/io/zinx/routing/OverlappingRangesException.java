package io.zinx.routing;

import io.zinx.ZinxException;

/**
 * Two ranges of message numbers have a number in common, or there are two fallbacks,
 * which are for all numbers.
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
	 * The range that was there.
	 * @return the range and its router
	 */
	public RouteRange first() {
		return this.first;
	}

	/**
	 * The range that was refused.
	 * @return the range and its router
	 */
	public RouteRange second() {
		return this.second;
	}

}
