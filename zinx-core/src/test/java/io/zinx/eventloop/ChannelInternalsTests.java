package io.zinx.eventloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChannelInternalsTests {

	/** What Netty counts for its record of a buffer. */
	private static final int RECORD = 96;

	private final FullChannel channel = new FullChannel();

	@AfterEach
	void end() {
		this.channel.close();
		this.channel.releaseOutbound();
	}

	@Test
	void anOpenChannelIsIdleUntilSomethingWaits() {
		assertThat(ChannelInternals.isOpenAndIdle(this.channel)).isTrue();
		assertThat(ChannelInternals.hasFlushed(this.channel)).isFalse();
		assertThat(ChannelInternals.queuedBytes(this.channel)).isZero();
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isZero();
	}

	@Test
	void whatIsNotFlushedIsQueuedButNothingWillHappenToIt() {
		write(10);
		assertThat(ChannelInternals.isOpenAndIdle(this.channel)).isFalse();
		assertThat(ChannelInternals.hasFlushed(this.channel)).isFalse();
		assertThat(ChannelInternals.queuedBytes(this.channel)).isEqualTo(10 + RECORD);
	}

	@Test
	void ofABufferThatIsPartlyWrittenOnlyTheRestIsUnwritten() {
		write(10);
		write(20);
		this.channel.flush();
		assertThat(ChannelInternals.hasFlushed(this.channel)).isTrue();
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isEqualTo(30);
		this.channel.take(4);
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isEqualTo(26);
		assertThat(ChannelInternals.queuedBytes(this.channel)).isEqualTo(30 + 2 * RECORD);
		this.channel.take(6);
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isEqualTo(20);
		assertThat(ChannelInternals.queuedBytes(this.channel)).isEqualTo(20 + RECORD);
		this.channel.take(20);
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isZero();
		assertThat(ChannelInternals.isOpenAndIdle(this.channel)).isTrue();
		assertThat(ChannelInternals.hasFlushed(this.channel)).isFalse();
	}

	@Test
	void whatIsNoBufferHasNoBytes() {
		this.channel.write("a message of its own");
		write(7);
		this.channel.flush();
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isEqualTo(7);
		assertThat(ChannelInternals.hasFlushed(this.channel)).isTrue();
	}

	@Test
	void nothingWaitsInAChannelThatIsClosed() {
		write(10);
		this.channel.flush();
		this.channel.close();
		assertThat(ChannelInternals.queuedBytes(this.channel)).isZero();
		assertThat(ChannelInternals.unwrittenBytes(this.channel)).isZero();
		assertThat(ChannelInternals.hasFlushed(this.channel)).isFalse();
		assertThat(ChannelInternals.isOpenAndIdle(this.channel)).isFalse();
	}

	@Test
	void noHandlerDelaysTheEndOfTheSocket() {
		this.channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
			@Override
			public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
				throw new AssertionError("asked");
			}
		});
		ChannelInternals.closeNow(this.channel);
		assertThat(this.channel.isOpen()).isFalse();
		this.channel.checkException();
	}

	private void write(int length) {
		this.channel.write(Unpooled.wrappedBuffer(new byte[length]));
	}

	/**
	 * A channel that takes what a test says, and nothing by itself.
	 */
	private static final class FullChannel extends EmbeddedChannel {

		private int room;

		void take(int bytes) {
			this.room = bytes;
			flush();
		}

		@Override
		protected void doWrite(ChannelOutboundBuffer in) {
			if (this.room > 0 && in.current() instanceof ByteBuf) {
				in.removeBytes(this.room);
				this.room = 0;
			}
		}

	}

}
