package io.zinx.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.zinx.eventloop.ServerThreads;
import io.zinx.testing.TestThreads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class ThreadSourceTests {

	private static final String NAME = "source-under-test-conn-";

	private static final ServerThreads THREADS = TestThreads.named("source-under-test");

	private @Nullable ThreadSource source;

	@AfterEach
	void stop() {
		if (this.source != null) {
			this.source.stop();
		}
	}

	@Test
	void noTaskWaitsForAnotherAndEachHasAThreadWithANameOfItsOwn() throws Exception {
		ThreadSource source = open(ThreadSource.of(THREADS, 100));
		CountDownLatch begun = new CountDownLatch(100);
		CountDownLatch released = new CountDownLatch(1);
		List<CompletableFuture<String>> names = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			CompletableFuture<String> name = new CompletableFuture<>();
			names.add(name);
			source.start(() -> {
				name.complete(Thread.currentThread().getName());
				begun.countDown();
				awaitQuietly(released);
			});
		}
		Patience.await(begun);
		assertThat(names).extracting(CompletableFuture::join)
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.matches(NAME + "\\d+"));
		released.countDown();
	}

	@Test
	void theThreadsKeepNoJvmAlive() throws Exception {
		CompletableFuture<Boolean> daemon = new CompletableFuture<>();
		open(ThreadSource.of(THREADS, 1)).start(() -> daemon.complete(Thread.currentThread().isDaemon()));
		assertThat(daemon.get(30, TimeUnit.SECONDS)).isTrue();
	}

	/**
	 * Whoever gives a connection something to do may be the one for whom a thread is
	 * started that goes on with other connections.
	 */
	@Test
	void aThreadHasNothingOfWhoeverCausedItAndTheClassLoaderOfTheApplication() throws Exception {
		InheritableThreadLocal<String> tenant = new InheritableThreadLocal<>();
		for (ThreadSource source : List.of(open(ThreadSource.of(THREADS, 100)),
				new ThreadSource.PlatformThreads(THREADS, 100))) {
			CompletableFuture<List<@Nullable Object>> seen = new CompletableFuture<>();
			Thread alice = new Thread(() -> {
				tenant.set("ALICE");
				source.start(() -> seen
					.complete(Arrays.asList(tenant.get(), Thread.currentThread().getContextClassLoader())));
			});
			alice.setContextClassLoader(null);
			alice.start();
			assertThat(seen.get(30, TimeUnit.SECONDS)).containsExactly(null, TestThreads.class.getClassLoader());
			source.stop();
		}
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void withoutVirtualThreadsThereAreAsManyAsTheUserAllows() {
		assertThat(open(ThreadSource.of(THREADS, 7)).limit()).isEqualTo(7);
		assertThatThrownBy(() -> new ThreadSource.VirtualThreads(THREADS)).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("no virtual threads")
			.hasCauseInstanceOf(NoSuchMethodException.class);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsAreTakenWhereTheJdkHasThemAndAreNotLimited() throws Exception {
		ThreadSource source = open(ThreadSource.of(THREADS, 7));
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		source.start(() -> thread.complete(Thread.currentThread()));
		assertThat(Thread.class.getMethod("isVirtual").invoke(thread.get(30, TimeUnit.SECONDS))).isEqualTo(true);
		assertThat(source.limit()).isEqualTo(Integer.MAX_VALUE);
	}

	/**
	 * The pool says that it takes no more; a task it took all the same would have its
	 * thread by the time it returns.
	 */
	@Test
	void aPoolThatWasStoppedStartsNothingAndWhatRunsGoesOn() throws Exception {
		ThreadSource source = new ThreadSource.PlatformThreads(THREADS, 2);
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch released = new CountDownLatch(1);
		CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
		source.start(() -> {
			begun.countDown();
			interrupted.complete(!awaitQuietly(released));
		});
		Patience.await(begun);
		source.stop();
		assertThat(catchThrowable(() -> source.start(() -> awaitQuietly(released)))).isNotNull();
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).doesNotContain(NAME + 2);
		released.countDown();
		assertThat(interrupted.get(30, TimeUnit.SECONDS)).isFalse();
	}

	/**
	 * Virtual threads are run in the order they were started, so the one that must not
	 * run would do so before the many behind it.
	 */
	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void aSourceOfVirtualThreadsThatWasStoppedStartsNothing() throws Exception {
		ThreadSource stopped = new ThreadSource.VirtualThreads(THREADS);
		stopped.stop();
		AtomicBoolean run = new AtomicBoolean();
		stopped.start(() -> run.set(true));
		CountDownLatch later = new CountDownLatch(1000);
		ThreadSource source = open(new ThreadSource.VirtualThreads(THREADS));
		for (int i = 0; i < 1000; i++) {
			source.start(later::countDown);
		}
		Patience.await(later);
		assertThat(run).isFalse();
	}

	private ThreadSource open(ThreadSource made) {
		this.source = made;
		return made;
	}

	private static boolean awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
			return true;
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
