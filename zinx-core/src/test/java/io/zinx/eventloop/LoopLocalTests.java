package io.zinx.eventloop;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoopLocalTests {

	private static final int LOOPS = 3;

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());

	private final List<Object> made = new CopyOnWriteArrayList<>();

	private final List<Object> ended = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void eachLoopHasOneValueWhoeverAsksAndHoweverManyAskAtOnce() throws Exception {
		LoopLocal<Object> local = new LoopLocal<>(this::make);
		Set<Object> seen = ConcurrentHashMap.newKeySet();
		CountDownLatch start = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			Thread thread = new Thread(() -> {
				start.countDown();
				this.loops.forEach((loop) -> seen.add(local.of((EventLoop) loop)));
			});
			threads.add(thread);
		}
		threads.forEach(Thread::start);
		start.await();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(seen).hasSize(LOOPS);
		assertThat(this.made).hasSize(LOOPS).containsExactlyInAnyOrderElementsOf(seen);
		EventLoop loop = this.loops.next();
		Object fromOutside = local.of(loop);
		assertThat(loop.submit(() -> local.of(loop)).get(30, TimeUnit.SECONDS)).isSameAs(fromOutside);
	}

	@Test
	void twoLocalsHaveValuesOfTheirOwn() {
		EventLoop loop = this.loops.next();
		assertThat(new LoopLocal<>(this::make).of(loop)).isNotSameAs(new LoopLocal<>(this::make).of(loop));
	}

	@Test
	void aValueThatCouldNotBeMadeIsMadeWhenItIsAskedForAgain() {
		EventLoop loop = this.loops.next();
		LoopLocal<Object> local = new LoopLocal<>((each) -> {
			Object value = make(each);
			if (this.made.size() == 1) {
				throw new IllegalStateException("on purpose");
			}
			return value;
		});
		assertThatIllegalStateException().isThrownBy(() -> local.of(loop)).withMessage("on purpose");
		assertThat(local.of(loop)).isSameAs(this.made.get(1));
	}

	@Test
	void valuesAreGivenBackOnceWhenTheirLoopHasEndedAndNotBefore() {
		LoopLocal<Object> local = LoopLocal.released(this::make, this.ended::add);
		EventLoop first = this.loops.next();
		EventLoop second = this.loops.next();
		Set<Object> values = new HashSet<>(List.of(local.of(first), local.of(second), local.of(first)));
		assertThat(values).hasSize(2);
		assertThat(first.submit(() -> this.ended.isEmpty()).syncUninterruptibly().getNow()).isTrue();
		end();
		Awaitility.await().until(() -> this.ended.size() >= 2);
		assertThat(this.ended).containsExactlyInAnyOrderElementsOf(values);
		assertThat(this.made).hasSize(2);
	}

	@Test
	void aValueThatIsAskedForBehindTheEndOfItsLoopIsGivenBackToo() {
		LoopLocal<Object> local = LoopLocal.released(this::make, this.ended::add);
		EventLoop loop = this.loops.next();
		end();
		Object value = local.of(loop);
		Awaitility.await().until(() -> !this.ended.isEmpty());
		assertThat(local.of(loop)).isSameAs(value);
		assertThat(this.ended).containsExactly(value);
	}

	private Object make(EventLoop loop) {
		Object value = new Object();
		this.made.add(value);
		return value;
	}

}
