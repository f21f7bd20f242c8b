package io.zinx.eventloop;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.IoHandler;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SocketPassTests {

	private static final int LIMIT = 16;

	private final List<String> run = new ArrayList<>();

	/** The number of registered sockets. */
	private int sockets = 40;

	private final SocketPass pass = new SocketPass(handler(LimitedIoHandler.class, LIMIT));

	private IoHandler handler(Class<? extends IoHandler> type, int limit) {
		return (IoHandler) Proxy.newProxyInstance(SocketPassTests.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> method.getName().equals("limit") ? limit : this.sockets);
	}

	private void add(SocketPass to, String task) {
		to.add(() -> this.run.add(task));
	}

	private void ran(int results) {
		this.pass.ran(results, Runnable::run);
	}

	@Test
	void aHandlerWithoutALimitProcessesAllSocketsInARun() {
		for (SocketPass each : List.of(new SocketPass(handler(IoHandler.class, 0)),
				new SocketPass(handler(LimitedIoHandler.class, 0)))) {
			add(each, "task");
			assertThat(each.isAwaited()).isTrue();
			each.ran(1000, Runnable::run);
			assertThat(each.isAwaited()).isFalse();
		}
		assertThat(this.run).containsExactly("task", "task");
	}

	@Test
	void aRunBelowTheLimitHasProcessedAllThatWereReady() {
		add(this.pass, "first");
		add(this.pass, "second");
		ran(LIMIT - 1);
		assertThat(this.run).containsExactly("first", "second");
		assertThat(this.pass.isAwaited()).isFalse();
	}

	/**
	 * Two results of each run may be no sockets.
	 */
	@Test
	void runsThatReachTheLimitTakeAsManySocketsAsThereAre() {
		add(this.pass, "task");
		ran(LIMIT);
		ran(LIMIT);
		assertThat(this.run).isEmpty();
		ran(LIMIT);
		assertThat(this.run).containsExactly("task");
	}

	@Test
	void whoComesInTheMiddleOfAPassWaitsForAWholeOne() {
		add(this.pass, "first");
		ran(LIMIT);
		add(this.pass, "second");
		ran(LIMIT);
		ran(LIMIT);
		assertThat(this.run).containsExactly("first");
		assertThat(this.pass.isAwaited()).isTrue();
		ran(LIMIT);
		assertThat(this.run).containsExactly("first", "second");
	}

	@Test
	void aTaskThatAddsAnotherDoesNotWaitForIt() {
		this.pass.add(() -> add(this.pass, "added"));
		ran(LIMIT);
		ran(LIMIT);
		ran(LIMIT);
		assertThat(this.pass.isAwaited()).isTrue();
		assertThat(this.run).isEmpty();
		ran(0);
		assertThat(this.run).containsExactly("added");
	}

	@Test
	void withoutSocketsARunIsEnough() {
		this.sockets = 0;
		add(this.pass, "task");
		ran(LIMIT);
		assertThat(this.run).containsExactly("task");
	}

}
