package io.zinx.cluster;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.zinx.eventloop.ServerThreads;

/**
 * The common part of all ends of an {@link InProcessBackplane}: the subscribers of each
 * topic, and one thread on which everything happens in order. It ends when there is
 * nothing to do.
 */
final class InProcessHub implements Executor {

	private static final long IDLE_SECONDS = 10;

	private final ThreadPoolExecutor thread;

	/** The subscribers of each topic. Used by the thread only. */
	private final Map<String, Set<BiConsumer<String, byte[]>>> topics = new HashMap<>();

	InProcessHub() {
		ServerThreads threads = new ServerThreads("zinx", null);
		this.thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> threads.daemon("-backplane", task));
		this.thread.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.thread.execute(task);
	}

	void subscribe(String topic, BiConsumer<String, byte[]> subscriber) {
		this.topics.computeIfAbsent(topic, (name) -> new HashSet<>()).add(subscriber);
	}

	void unsubscribe(String topic, BiConsumer<String, byte[]> subscriber) {
		this.topics.computeIfPresent(topic, (name, subscribers) -> {
			subscribers.remove(subscriber);
			return subscribers.isEmpty() ? null : subscribers;
		});
	}

	long publish(String topic, byte[] message) {
		Set<BiConsumer<String, byte[]>> subscribers = this.topics.getOrDefault(topic, Set.of());
		subscribers.forEach((subscriber) -> subscriber.accept(topic, message));
		return subscribers.size();
	}

	long subscribers(String topic) {
		return this.topics.getOrDefault(topic, Set.of()).size();
	}

}
