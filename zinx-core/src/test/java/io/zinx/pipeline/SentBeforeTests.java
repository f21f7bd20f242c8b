package io.zinx.pipeline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SentBeforeTests {

	private static final long UNKNOWN = Long.MAX_VALUE;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final SentBefore sentBefore = new SentBefore();

	private long received;

	private @Nullable Integer receiveBuffer = 1000;

	/** Whether the socket has been closed. */
	private boolean failing;

	private ChannelConfig config() {
		return new DefaultChannelConfig(this.channel) {
			@Override
			@SuppressWarnings({ "unchecked", "NullAway" })
			public <T> T getOption(ChannelOption<T> option) {
				if (SentBeforeTests.this.failing) {
					throw new ChannelException("closed");
				}
				return ChannelOption.SO_RCVBUF.equals(option) ? (T) SentBeforeTests.this.receiveBuffer
						: super.getOption(option);
			}
		};
	}

	private void read(int bytes) {
		ByteBuf buffer = Unpooled.buffer(bytes, bytes).writerIndex(bytes);
		this.sentBefore.read(buffer);
		buffer.release();
		this.received += bytes;
		this.sentBefore.readComplete(this.received);
	}

	@Test
	void reachesAsFarAsWhatHasComeWhenNothingMoreComes() {
		this.sentBefore.arrived(config());
		read(100);
		read(50);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(150);
		read(20);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(150);
		assertThat(this.sentBefore.reads()).isEqualTo(3);
	}

	@Test
	void reachesNoFurtherThanWhatTheKernelCanHold() {
		read(100);
		this.sentBefore.arrived(config());
		int enough = 1000 + 64 * 1024;
		read(enough - 1);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		read(1);
		assertThat(this.sentBefore.end()).isEqualTo(100 + enough);
	}

	@Test
	void aChannelThatDoesNotTellWhatTheKernelHoldsIsReadUntilNothingComes() {
		this.receiveBuffer = null;
		this.sentBefore.arrived(config());
		read(10_000_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.failing = true;
		this.sentBefore.arrived(config());
		read(10_000_000);
		assertThat(this.sentBefore.end()).isEqualTo(UNKNOWN);
		this.sentBefore.silent(this.received);
		assertThat(this.sentBefore.end()).isEqualTo(20_000_000);
	}

}
