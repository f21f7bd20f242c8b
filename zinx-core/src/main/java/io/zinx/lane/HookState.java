package io.zinx.lane;

/**
 * The hooks that a connection has seen.
 *
 * <pre>
 *   NEW ---onStart---> STARTED ---onStop---> STOPPED
 *    |                                          ^
 *    +------- ended before onStart -------------+
 * </pre>
 */
enum HookState {

	/** None: {@code onStop} is not called if it ends now. */
	NEW,

	/** The turn of {@code onStart} has come. */
	STARTED,

	/** The turn of {@code onStop} has come. */
	STOPPED

}
