package io.zinx.eventloop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

import io.netty.channel.EventLoop;

/**
 * A value for each event loop, made when it is first asked for. It belongs to the loop,
 * not to the thread that drives it. Any thread.
 *
 * @param <T> the type of the value
 */
public final class LoopLocal<T> {

	private final Map<EventLoop, T> values = new ConcurrentHashMap<>();

	private final Function<EventLoop, T> factory;

	/**
	 * Create a local whose values need no clean-up.
	 * @param factory makes the value of a loop
	 */
	public LoopLocal(Function<EventLoop, T> factory) {
		this.factory = factory;
	}

	/**
	 * Create a local whose values are given back when their loop has ended.
	 * @param <T> the type of the value
	 * @param factory makes the value of a loop
	 * @param ended takes the value back; on the thread of the loop that ends, or behind
	 * its end
	 * @return the local
	 */
	public static <T> LoopLocal<T> released(Function<EventLoop, T> factory, Consumer<T> ended) {
		return new LoopLocal<>((loop) -> {
			T value = factory.apply(loop);
			loop.terminationFuture().addListener((terminated) -> ended.accept(value));
			return value;
		});
	}

	/**
	 * Do something with the value of each event loop that has one.
	 * @param action what to do
	 */
	public void forEach(Consumer<? super T> action) {
		this.values.values().forEach(action);
	}

	/**
	 * The value of an event loop.
	 * @param loop the event loop
	 * @return the value
	 */
	public T of(EventLoop loop) {
		return this.values.computeIfAbsent(loop, this.factory);
	}

}
