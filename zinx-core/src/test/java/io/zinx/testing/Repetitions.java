package io.zinx.testing;

/**
 * The number of times that a test repeats what only a race or a rare input breaks. The
 * system property {@code zinx.proof.repetitions}, as {@code .ci/proof repetitions} sets
 * it, multiplies it.
 */
public final class Repetitions {

	private static final int TIMES = Integer.getInteger("zinx.proof.repetitions", 1);

	private Repetitions() {
	}

	/**
	 * Multiply a number of repetitions, unless this is a build.
	 * @param inABuild the number of repetitions in a build
	 * @return the number of repetitions now
	 */
	public static int of(int inABuild) {
		return inABuild * TIMES;
	}

}
