package io.zinx.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.eventloop.EventLoopTasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopsTests {

	private final EventLoops loops = EventLoops
		.start(new TransportSettings("localhost", 0, 16, 2, true, 0, 0, false, null), "test");

	@AfterEach
	void stop() {
		this.loops.shutdown(Duration.ofSeconds(10));
	}

	@Test
	void runsATaskInASecondOnTheEventLoopThatAsked() throws Exception {
		List<CompletableFuture<Boolean>> ran = new ArrayList<>();
		long begin = System.nanoTime();
		for (EventExecutor loop : this.loops.group()) {
			CompletableFuture<Boolean> onTheSame = new CompletableFuture<>();
			ran.add(onTheSame);
			EventLoopTasks.executeInASecond((EventLoop) loop, () -> onTheSame.complete(loop.inEventLoop()));
		}
		assertThat(ran).hasSize(2);
		for (CompletableFuture<Boolean> onTheSame : ran) {
			assertThat(onTheSame.get(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
	}

}
