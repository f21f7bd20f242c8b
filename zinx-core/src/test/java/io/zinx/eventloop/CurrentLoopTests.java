package io.zinx.eventloop;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.EventExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CurrentLoopTests {

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(3, NioIoHandler.newFactory());

	private final EventLoop alone = new DefaultEventLoop();

	@AfterEach
	void end() {
		this.loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
		this.alone.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
	}

	@Test
	void isTheOneOfTheGroupThatCalls() throws Exception {
		for (EventExecutor loop : this.loops) {
			assertThat(on(loop, () -> CurrentLoop.of(this.loops) == loop)).isTrue();
		}
	}

	@Test
	void isNoneForOtherThreads() throws Exception {
		assertThat(CurrentLoop.of(this.loops)).isNull();
		assertThat(on(this.alone, () -> CurrentLoop.of(this.loops) == null)).isTrue();
	}

	@Test
	void anyLoopOfAGroupIsAmongThoseOfEachOther() throws Exception {
		EventLoop last = this.loops.next();
		for (EventExecutor loop : this.loops) {
			assertThat(on(loop, () -> CurrentLoop.isAmongThoseOf(last))).isTrue();
		}
		assertThat(CurrentLoop.isAmongThoseOf(last)).isFalse();
		assertThat(on(this.alone, () -> CurrentLoop.isAmongThoseOf(last))).isFalse();
	}

	@Test
	void aLoopWithoutAGroupHasNoneBesideItself() throws Exception {
		assertThat(this.alone.parent()).isNull();
		assertThat(on(this.alone, () -> CurrentLoop.isAmongThoseOf(this.alone))).isTrue();
		assertThat(CurrentLoop.isAmongThoseOf(this.alone)).isFalse();
		assertThat(on(this.loops.next(), () -> CurrentLoop.isAmongThoseOf(this.alone))).isFalse();
	}

	private static <T> T on(EventExecutor loop, Callable<T> task) throws Exception {
		return loop.submit(task).get(30, TimeUnit.SECONDS);
	}

}
