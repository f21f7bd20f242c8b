package io.zinx.routing;

/**
 * An interceptor of a range of message numbers. Any thread.
 *
 * @param from the first number
 * @param to the last number
 * @param interceptor the interceptor of those messages
 */
record RangedInterceptor(long from, long to, Interceptor interceptor) implements Interceptor {

	@Override
	public void intercept(Request request, Chain chain) throws Exception {
		if (this.from <= request.msgId() && request.msgId() <= this.to) {
			this.interceptor.intercept(request, chain);
		}
		else {
			chain.proceed(request);
		}
	}

	/**
	 * The name of an interceptor in logs.
	 * @param interceptor any interceptor
	 * @return the name of its class
	 */
	static String nameOf(Interceptor interceptor) {
		return CodeNames.of((interceptor instanceof RangedInterceptor ranged) ? ranged.interceptor : interceptor);
	}

	@Override
	public String toString() {
		return nameOf(this) + " for " + this.from + " to " + this.to;
	}

}
