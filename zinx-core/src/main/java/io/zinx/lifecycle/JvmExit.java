package io.zinx.lifecycle;

import java.util.Arrays;

/**
 * The end of the JVM, by {@link System#exit} or a signal, as shutdown hooks see it. Any
 * thread.
 */
public final class JvmExit {

	private JvmExit() {
	}

	/**
	 * Return whether the JVM is shutting down.
	 * @return whether shutdown hooks are being run
	 */
	public static boolean isUnderWay() {
		Thread noHook = new Thread();
		try {
			Runtime.getRuntime().removeShutdownHook(noHook);
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	/**
	 * Return whether a thread has called {@link System#exit}, from which no thread
	 * returns: it waits for the shutdown hooks, so none of them may wait for it.
	 * @param thread the thread
	 * @return whether it is inside that call
	 */
	public static boolean isAwaitedBy(Thread thread) {
		return Arrays.stream(thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals(Runtime.class.getName())
					&& frame.getMethodName().equals("exit"));
	}

}
