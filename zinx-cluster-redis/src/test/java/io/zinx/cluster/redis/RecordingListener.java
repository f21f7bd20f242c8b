package io.zinx.cluster.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.zinx.cluster.BackplaneListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a backplane tells, and notes calls at the same time.
 */
final class RecordingListener implements BackplaneListener {

	/** Messages as "topic=text". */
	final List<String> messages = new CopyOnWriteArrayList<>();

	/** "restored" and "lost" in order. */
	final List<String> events = new CopyOnWriteArrayList<>();

	final List<byte[]> bodies = new CopyOnWriteArrayList<>();

	final AtomicInteger received = new AtomicInteger();

	final AtomicInteger overlaps = new AtomicInteger();

	private final AtomicInteger calls = new AtomicInteger();

	/** True if messages are kept, and not only counted. */
	volatile boolean recording = true;

	volatile @Nullable Throwable cause;

	/** Called with each message. */
	volatile Runnable onMessage = () -> {
	};

	@Override
	public void received(String topic, byte[] message) {
		call(() -> {
			this.received.incrementAndGet();
			if (this.recording) {
				this.messages.add(topic + "=" + new String(message, StandardCharsets.UTF_8));
				this.bodies.add(message);
			}
			this.onMessage.run();
		});
	}

	@Override
	public void restored() {
		call(() -> this.events.add("restored"));
	}

	@Override
	public void lost(@Nullable Throwable cause) {
		call(() -> {
			this.cause = cause;
			this.events.add("lost");
		});
	}

	private void call(Runnable record) {
		if (this.calls.getAndIncrement() != 0) {
			this.overlaps.incrementAndGet();
		}
		record.run();
		this.calls.decrementAndGet();
	}

}
