package io.zinx.connection;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.link.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClosingTests {

	private static final long FLUSH_MILLIS = 5000;

	private final List<String> events = new ArrayList<>();

	private final HalfClosingChannel channel = new HalfClosingChannel(this.events);

	private final RecordingReadSide readSide = new RecordingReadSide(this.events);

	@AfterEach
	void closeChannel() {
		this.channel.dispose();
	}

	@Test
	void everythingIsWrittenBeforeTheOutputEnds() {
		begin(FLUSH_MILLIS);
		assertThat(this.events).containsExactly("stop reading", "flush", "wrote 3", "output ended", "linger");
		assertThat(this.channel.isOpen()).isTrue();
	}

	@Test
	void aPeerThatTakesNothingYetIsWaitedFor() {
		this.channel.stick();
		begin(FLUSH_MILLIS);
		this.channel.pass(FLUSH_MILLIS - 1000);
		assertThat(this.events).containsExactly("stop reading", "flush");
		this.channel.unstick();
		assertThat(this.events).containsExactly("stop reading", "flush", "wrote 3", "output ended", "linger");
	}

	@Test
	void aPeerThatTakesNothingIsCutOffWhenItsTimeIsOver() {
		this.channel.stick();
		begin(FLUSH_MILLIS);
		this.channel.pass(FLUSH_MILLIS - 1);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.pass(1);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.events).doesNotContain("wrote 3");
	}

	@Test
	void withNoTimeToFlushTheSocketIsCutAtOnce() {
		begin(0);
		assertThat(this.events).containsExactly("stop reading", "closed");
	}

	@Test
	void aPeerThatDoesNotEndIsWaitedForHalfASecond() {
		begin(FLUSH_MILLIS);
		this.channel.pass(499);
		assertThat(this.channel.isOpen()).isTrue();
		this.channel.pass(1);
		assertThat(this.channel.isOpen()).isFalse();
	}

	@Test
	void anotherReasonToCloseMeanwhileLeavesNoTimerBehind() {
		this.channel.stick();
		begin(FLUSH_MILLIS);
		this.channel.unsafe().close(this.channel.voidPromise());
		this.channel.runPendingTasks();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.channel.runScheduledPendingTasks()).as("when the next timer is due").isEqualTo(-1);
	}

	@Test
	void aPeerThatHasEndedAlreadyIsNotWaitedFor() {
		this.channel.endInput();
		begin(FLUSH_MILLIS);
		assertThat(this.events).containsExactly("stop reading", "flush", "wrote 3", "closed");
	}

	@Test
	void aChannelThatCannotHalfCloseIsClosedWhenAllIsWritten() {
		EmbeddedChannel whole = new EmbeddedChannel();
		whole.closeFuture().addListener((closed) -> this.events.add("closed"));
		new Closing(whole, this.readSide).begin(() -> writeTo(whole), FLUSH_MILLIS);
		assertThat(this.events).containsExactly("stop reading", "flush", "closed");
		assertThat(whole.<ByteBuf>readOutbound()).isNotNull().satisfies(ByteBuf::release);
		whole.finishAndReleaseAll();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aLinkOfItsOwnSaysWhetherAndHowTheOutputEnds(boolean canHalfClose) {
		this.channel.attr(Link.KEY).set(new Link() {
			@Override
			public boolean canHalfClose(Channel channel) {
				return canHalfClose;
			}

			@Override
			public void closeOutput(Channel channel) {
				ClosingTests.this.events.add("farewell");
			}
		});
		begin(FLUSH_MILLIS);
		List<String> end = canHalfClose ? List.of("farewell", "linger") : List.of("closed");
		assertThat(this.events).startsWith("stop reading", "flush", "wrote 3")
			.endsWith(end.toArray(String[]::new))
			.hasSize(3 + end.size());
	}

	private void begin(long timeoutMillis) {
		new Closing(this.channel, this.readSide).begin(() -> writeTo(this.channel), timeoutMillis);
		this.channel.runPendingTasks();
	}

	private void writeTo(Channel channel) {
		this.events.add("flush");
		channel.writeAndFlush(channel.alloc().buffer().writeBytes(new byte[3]));
	}

}
