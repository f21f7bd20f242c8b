package io.zinx.boot.handler.invoke;

import java.util.List;

import io.zinx.boot.handler.ContextCarrier;
import io.zinx.routing.Request;

/**
 * Several carriers as one: the first is opened first and closed last. Any thread.
 *
 * @param carriers the carriers, none or more
 */
record ContextCarriers(List<ContextCarrier> carriers) implements ContextCarrier {

	@Override
	public Carried capture(Request request) {
		Carried all = () -> ContextCarriers::nothing;
		for (ContextCarrier carrier : this.carriers) {
			Carried before = all;
			Carried carried = carrier.capture(request);
			all = () -> open(before, carried);
		}
		return all;
	}

	private static void nothing() {
	}

	private static Runnable open(Carried first, Carried second) {
		Runnable closeFirst = first.open();
		try {
			Runnable closeSecond = second.open();
			return () -> close(closeSecond, closeFirst);
		}
		catch (Throwable ex) {
			closeFirst.run();
			throw ex;
		}
	}

	private static void close(Runnable second, Runnable first) {
		try {
			second.run();
		}
		finally {
			first.run();
		}
	}

}
