package io.zinx.eventloop;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerThreadsTests {

	private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

	private static final ClassLoader APPLICATION = new URLClassLoader(new URL[0],
			ServerThreadsTests.class.getClassLoader());

	private static final ServerThreads THREADS = new ServerThreads("made", APPLICATION);

	static Stream<Arguments> kinds() {
		return Stream.of(kind("daemon", true, THREADS::daemon), kind("user", false, THREADS::user),
				kind("fast", true, (suffix, task) -> THREADS.fast("made" + suffix, task)));
	}

	private static Arguments kind(String name, boolean daemon, BiFunction<String, Runnable, Thread> make) {
		return Arguments.of(name, daemon, make);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void aThreadHasNothingOfWhoeverHasMadeIt(String name, boolean daemon, BiFunction<String, Runnable, Thread> make)
			throws Exception {
		CompletableFuture<String> tenant = new CompletableFuture<>();
		Thread made = asAlice(() -> make.apply("-1", () -> tenant.complete(String.valueOf(TENANT.get()))));
		assertThat(made.getName()).isEqualTo("made-1");
		assertThat(made.isDaemon()).isEqualTo(daemon);
		assertThat(made.getPriority()).isEqualTo(Thread.NORM_PRIORITY);
		assertThat(made.getContextClassLoader()).isSameAs(APPLICATION);
		assertThat(made.getThreadGroup().getMaxPriority()).isEqualTo(Thread.MAX_PRIORITY);
		made.start();
		assertThat(tenant.get(30, TimeUnit.SECONDS)).isEqualTo("null");
	}

	@Test
	void nettysThreadLocalsAreFastOnAFastThread() {
		assertThat(THREADS.fast("fast", () -> {
		})).isInstanceOf(FastThreadLocalThread.class);
	}

	@Test
	void anInterruptOfWhoMakesAFastThreadStays() throws Exception {
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		Thread maker = new Thread(() -> {
			Thread.currentThread().interrupt();
			THREADS.fast("fast", () -> {
			});
			interrupted.complete(Thread.currentThread().isInterrupted());
		});
		maker.start();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void withoutAClassLoaderItIsThatOfTheFramework() {
		Thread made = new ServerThreads("made", null).daemon("-1", () -> {
		});
		assertThat(made.getContextClassLoader()).isSameAs(ServerThreads.class.getClassLoader());
	}

	/**
	 * Do something on a thread that is in all ways not as those of a server.
	 */
	@SuppressWarnings("ThreadPriorityCheck")
	private static <T extends @Nullable Object> T asAlice(Supplier<T> action) throws Exception {
		ThreadGroup group = new ThreadGroup("of Alice");
		group.setMaxPriority(Thread.NORM_PRIORITY - 1);
		CompletableFuture<T> done = new CompletableFuture<>();
		Thread alice = new Thread(group, () -> {
			TENANT.set("ALICE");
			done.complete(action.get());
		});
		alice.setContextClassLoader(new URLClassLoader(new URL[0], null));
		alice.setPriority(Thread.MIN_PRIORITY);
		alice.start();
		return done.get(30, TimeUnit.SECONDS);
	}

}
