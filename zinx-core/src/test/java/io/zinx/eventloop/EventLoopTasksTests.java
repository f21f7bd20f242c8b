package io.zinx.eventloop;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventLoopTasksTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final List<String> run = new ArrayList<>();

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	static Stream<BiConsumer<EventLoop, Runnable>> allWays() {
		return Stream.of(EventLoopTasks::execute, EventLoopTasks::executeBehindSockets,
				EventLoopTasks::executeInASecond);
	}

	@ParameterizedTest
	@MethodSource("allWays")
	void aLoopThatHasEndedDropsWhatItIsGiven(BiConsumer<EventLoop, Runnable> give) {
		DefaultEventLoop loop = new DefaultEventLoop();
		loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
		give.accept(loop, () -> this.run.add("task"));
		assertThat(this.run).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("allWays")
	void aLoopThatTakesNothingAlthoughItGoesOnIsNamedAsTheCause(BiConsumer<EventLoop, Runnable> give) {
		RejectedExecutionException full = new RejectedExecutionException("full");
		EventLoop loop = (EventLoop) Proxy.newProxyInstance(EventLoopTasksTests.class.getClassLoader(),
				new Class<?>[] { EventLoop.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("isShuttingDown")) {
						return false;
					}
					throw full;
				});
		assertThatExceptionOfType(RejectedExecutionException.class)
			.isThrownBy(() -> give.accept(loop, () -> this.run.add("task")))
			.isSameAs(full);
	}

	@Test
	void aTaskIsRunInTheNextTurnInTheOrderInWhichItWasGiven() {
		EventLoopTasks.execute(this.channel.eventLoop(), () -> this.run.add("first"));
		EventLoopTasks.execute(this.channel.eventLoop(), () -> this.run.add("second"));
		assertThat(this.run).isEmpty();
		this.channel.runPendingTasks();
		assertThat(this.run).containsExactly("first", "second");
	}

	@Test
	void aTaskBehindTheSocketsComesBehindThoseOfThisTurn() {
		this.channel.freezeTime();
		EventLoopTasks.executeBehindSockets(this.channel.eventLoop(), () -> this.run.add("behind"));
		EventLoopTasks.execute(this.channel.eventLoop(), () -> this.run.add("this turn"));
		this.channel.runPendingTasks();
		assertThat(this.run).containsExactly("this turn");
		this.channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
		this.channel.runPendingTasks();
		assertThat(this.run).containsExactly("this turn", "behind");
	}

	@Test
	void aTaskInASecondComesNotBeforeIt() {
		this.channel.freezeTime();
		EventLoopTasks.executeInASecond(this.channel.eventLoop(), () -> this.run.add("task"));
		this.channel.advanceTimeBy(999_999_999, TimeUnit.NANOSECONDS);
		this.channel.runPendingTasks();
		assertThat(this.run).isEmpty();
		this.channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
		this.channel.runPendingTasks();
		assertThat(this.run).containsExactly("task");
	}

}
