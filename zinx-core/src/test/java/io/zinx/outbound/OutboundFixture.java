package io.zinx.outbound;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.Channel;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.ServerMetrics;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The things that tests of a connection's way out have in common.
 */
final class OutboundFixture {

	/** The bytes before the body of a message. */
	static final int HEAD = 8;

	/** The bytes that Netty counts for its own record of a buffer. */
	static final int RECORD = 96;

	private OutboundFixture() {
	}

	static OutboundSettings settings(long maxBytes, int highWaterMark) {
		return new OutboundSettings(maxBytes, 1 << 30, highWaterMark, 0, SlowConsumerPolicy.CLOSE,
				Duration.ofSeconds(1), Duration.ofSeconds(1));
	}

	static Outbound outbound(Channel channel, OutboundSettings settings) {
		return outbound(channel, new OutboundContext(new TlvCodec(), settings));
	}

	static Outbound outbound(Channel channel, OutboundContext context) {
		return new Outbound(channel, context, new ServerMetrics().newTrafficCounter());
	}

	static Appended send(Outbound outbound, long msgId, byte[] body) {
		return outbound.append(msgId, body, Encoding.MESSAGE, true, null);
	}

	static Appended raw(Outbound outbound, int length) {
		return outbound.append(0, new byte[length], Encoding.RAW, true, null);
	}

	static Appended listen(Outbound outbound, int length, WriteListener listener) {
		return outbound.append(0, new byte[length], Encoding.RAW, true, listener);
	}

	static boolean isAccepted(Appended appended) {
		return appended == Appended.ACCEPTED || appended == Appended.ACCEPTED_AND_LISTED;
	}

	/**
	 * Let threads run something at the same time, and wait for their end.
	 */
	static void together(int threads, Task task) throws InterruptedException {
		CountDownLatch start = new CountDownLatch(1);
		AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
		Thread[] started = new Thread[threads];
		for (int i = 0; i < threads; i++) {
			int number = i;
			started[i] = new Thread(() -> {
				try {
					start.await();
					task.run(number);
				}
				catch (Throwable ex) {
					failure.compareAndSet(null, ex);
				}
			});
			started[i].start();
		}
		start.countDown();
		for (Thread thread : started) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
			assertThat(thread.isAlive()).isFalse();
		}
		assertThat(failure.get()).isNull();
	}

	@FunctionalInterface
	interface Task {

		void run(int number) throws Exception;

	}

}
