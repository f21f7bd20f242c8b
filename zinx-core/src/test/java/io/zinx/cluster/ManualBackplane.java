package io.zinx.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backplane that does nothing by itself: the test looks at what it was asked, and
 * answers.
 */
final class ManualBackplane implements Backplane {

	final List<Message> published = new CopyOnWriteArrayList<>();

	final List<Command> commands = new CopyOnWriteArrayList<>();

	final List<CompletableFuture<Long>> questions = new CopyOnWriteArrayList<>();

	final AtomicInteger flushes = new AtomicInteger();

	final AtomicInteger reconnects = new AtomicInteger();

	volatile boolean connected = true;

	/** The calls of publishing that have begun. */
	final AtomicInteger publishing = new AtomicInteger();

	/** Publishing waits for it. */
	volatile CountDownLatch gate = new CountDownLatch(0);

	@Override
	public void start(BackplaneListener listener) {
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		return command(true, topics);
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		return command(false, topics);
	}

	private CompletionStage<Void> command(boolean subscribe, Collection<String> topics) {
		Command command = new Command(subscribe, List.copyOf(topics), new CompletableFuture<>());
		this.commands.add(command);
		return command.answer;
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] bytes) {
		this.publishing.incrementAndGet();
		try {
			this.gate.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
		Message message = new Message(topic, bytes, new CompletableFuture<>());
		this.published.add(message);
		if (!this.connected) {
			message.answer.completeExceptionally(new ClusterUnavailableException("away", null));
		}
		return message.answer;
	}

	@Override
	public void flush() {
		this.flushes.incrementAndGet();
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		CompletableFuture<Long> answer = new CompletableFuture<>();
		this.questions.add(answer);
		return answer;
	}

	@Override
	public boolean isConnected() {
		return this.connected;
	}

	@Override
	public void reconnect() {
		this.reconnects.incrementAndGet();
	}

	@Override
	public void close(Duration timeout) {
	}

	@SuppressWarnings("ArrayRecordComponent")
	record Message(String topic, byte[] bytes, CompletableFuture<Long> answer) {
	}

	record Command(boolean subscribe, List<String> topics, CompletableFuture<Void> answer) {
	}

}
