package io.zinx.routing;

/**
 * One of the three methods of a {@link Router}, in the order in which they are called.
 */
public enum HandleStep {

	/**
	 * {@link Router#preHandle}.
	 */
	PRE_HANDLE,

	/**
	 * {@link Router#handle}.
	 */
	HANDLE,

	/**
	 * {@link Router#postHandle}.
	 */
	POST_HANDLE

}
