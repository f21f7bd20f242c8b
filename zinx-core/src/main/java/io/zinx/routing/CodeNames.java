package io.zinx.routing;

/**
 * The names of routers and interceptors that are registered without one.
 */
final class CodeNames {

	private static final String LAMBDA = "$$Lambda";

	private CodeNames() {
	}

	/**
	 * The name of an object.
	 * @param code the object
	 * @return the name of its class, or the class in which it is a lambda
	 */
	static String of(Object code) {
		String name = code.getClass().getName();
		int lambda = name.indexOf(LAMBDA);
		return (lambda > 0 && code.getClass().isSynthetic()) ? "a lambda in " + name.substring(0, lambda) : name;
	}

}
