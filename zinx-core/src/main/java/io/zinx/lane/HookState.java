package io.zinx.lane;

/**
 * The state of a connection with regard to its listeners.
 *
 * <pre>
 *   NEW ---onStart---> STARTED ---onStop---> STOPPED
 *    |                                          ^
 *    +------- ended before onStart -------------+
 * </pre>
 */
enum HookState {

	/** No listener was called: {@code onStop} is not called if it ends now. */
	NEW,

	/** {@code onStart} is being called, or has been. */
	STARTED,

	/** {@code onStop} is being called, or has been. */
	STOPPED

}
