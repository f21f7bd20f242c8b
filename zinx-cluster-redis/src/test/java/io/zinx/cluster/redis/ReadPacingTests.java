package io.zinx.cluster.redis;

import java.util.concurrent.TimeUnit;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReadPacing}.
 */
class ReadPacingTests {

	private long now = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(5);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@BeforeEach
	void pace() {
		this.channel.freezeTime();
		this.channel.pipeline().addLast(new ReadPacing(() -> this.now));
	}

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aReadAfterAQuietTimeIsNotPaced() {
		read();
		assertThat(reads()).isTrue();
		pass(ReadPacing.SOON);
		read();
		assertThat(reads()).isTrue();
	}

	@Test
	void behindASecondReadThatComesSoonTheNextOneWaits() {
		read();
		pass(ReadPacing.SOON - 1);
		read();
		assertThat(reads()).isFalse();
		pass(ReadPacing.PAUSE - 1);
		assertThat(reads()).isFalse();
		pass(1);
		assertThat(reads()).isTrue();
	}

	@Test
	void aStreamOfMessagesIsReadOnceInEachPause() {
		read();
		for (int i = 0; i < 20; i++) {
			assertThat(reads()).isEqualTo(i == 0);
			pass(i == 0 ? 0 : ReadPacing.PAUSE);
			assertThat(reads()).isTrue();
			read();
		}
		assertThat(reads()).isFalse();
	}

	@Test
	void nothingIsPacedWhileAnAnswerIsWaitedFor() {
		write();
		read();
		for (int i = 0; i < 4; i++) {
			pass(ReadPacing.ANSWER / 4 - 1);
			read();
			assertThat(reads()).isTrue();
		}
		pass(4);
		read();
		assertThat(reads()).isFalse();
	}

	@Test
	void aWriteEndsAPauseAtOnce() {
		read();
		read();
		assertThat(reads()).isFalse();
		write();
		assertThat(reads()).isTrue();
		pass(ReadPacing.PAUSE);
		assertThat(reads()).isTrue();
	}

	@Test
	void theEndOfAnEarlierPauseDoesNotEndALaterOne() {
		read();
		read();
		pass(ReadPacing.PAUSE / 2);
		write();
		this.now += ReadPacing.ANSWER;
		read();
		read();
		assertThat(reads()).isFalse();
		pass(ReadPacing.PAUSE - 1);
		assertThat(reads()).isFalse();
		pass(1);
		assertThat(reads()).isTrue();
	}

	@Test
	void aChannelReadsOnWhenTheHandlerIsRemoved() {
		read();
		read();
		this.channel.pipeline().remove(ReadPacing.class);
		assertThat(reads()).isTrue();
		pass(ReadPacing.PAUSE);
		assertThat(reads()).isTrue();
	}

	@Test
	void aClosedChannelIsNotPaced() {
		read();
		this.channel.close();
		read();
		assertThat(reads()).isTrue();
	}

	private void read() {
		this.channel.pipeline().fireChannelReadComplete();
	}

	private void write() {
		this.channel.writeOneOutbound("command");
	}

	private boolean reads() {
		return this.channel.config().isAutoRead();
	}

	private void pass(long nanos) {
		this.now += nanos;
		this.channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
		this.channel.runScheduledPendingTasks();
	}

}
