package io.zinx.outbound;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class DirectSocketTests {

	/** More than the system keeps for a peer that does not read. */
	private static final int LARGE = 64 << 20;

	private EventLoopGroup loops;

	private Channel channel;

	@BeforeEach
	void connect() {
		assumeThat(Epoll.isAvailable()).isTrue();
		this.loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		Channel server = new ServerBootstrap().group(this.loops)
			.channel(EpollServerSocketChannel.class)
			.childHandler(new ChannelInboundHandlerAdapter())
			.childOption(ChannelOption.AUTO_READ, false)
			.bind("127.0.0.1", 0)
			.syncUninterruptibly()
			.channel();
		this.channel = new Bootstrap().group(this.loops)
			.channel(EpollSocketChannel.class)
			.handler(new ChannelInboundHandlerAdapter())
			.connect(server.localAddress())
			.syncUninterruptibly()
			.channel();
	}

	@AfterEach
	void end() {
		if (this.loops != null) {
			this.loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
		}
	}

	@Test
	void isFreeBesideAHandlerThatReads() {
		assertThat(isFree()).isTrue();
	}

	@Test
	void isNotFreeBesideAHandlerThatMayWrite() {
		this.channel.pipeline().removeFirst();
		this.channel.pipeline().addLast(new ChannelDuplexHandler());
		assertThat(isFree()).isFalse();
	}

	@Test
	void isNotFreeBesideSeveralHandlers() {
		this.channel.pipeline().addFirst(new ChannelInboundHandlerAdapter());
		assertThat(isFree()).isFalse();
	}

	@Test
	void isFreeBesideHandlersOfWhichTheFirstKnowsThatWritesStayUnchanged() {
		First first = new First();
		this.channel.pipeline().addFirst(new ChannelDuplexHandler());
		this.channel.pipeline().addFirst(first);
		assertThat(isFree()).isFalse();
		first.unchanged = true;
		assertThat(isFree()).isTrue();
		this.channel.pipeline().addLast(new ChannelDuplexHandler());
		assertThat(isFree()).isFalse();
	}

	@Test
	void isNotFreeBehindAHandlerThatDoesNotKnowOfTheOthers() {
		First second = new First();
		second.unchanged = true;
		this.channel.pipeline().addFirst(second);
		this.channel.pipeline().addFirst(new ChannelInboundHandlerAdapter());
		assertThat(isFree()).isFalse();
	}

	@Test
	void isNotFreeBesideNone() {
		this.channel.pipeline().removeFirst();
		assertThat(isFree()).isFalse();
	}

	@Test
	void isNotFreeWhileSomethingWaitsToBeWritten() {
		this.channel.write(Unpooled.copiedBuffer("first", StandardCharsets.UTF_8));
		assertThat(isFree()).isFalse();
		this.channel.flush();
		assertThat(isFree()).isTrue();
	}

	@Test
	void isNotFreeOnceTheSocketIsClosed() {
		this.channel.close().syncUninterruptibly();
		assertThat(isFree()).isFalse();
	}

	@Test
	void isNotThereWithoutASocketOfTheSystems() {
		assertThat(DirectSocket.isFree(new EmbeddedChannel(new ChannelInboundHandlerAdapter()))).isFalse();
	}

	@Test
	void takesBuffersThatAreNotOnTheHeapAndLeavesThemAsTheyAre() {
		ByteBuf buffer = Unpooled.directBuffer(8).writeLong(1);
		buffer.skipBytes(2);
		assertThat(write(buffer)).isEqualTo(6);
		assertThat(buffer.readableBytes()).isEqualTo(6);
		assertThat(buffer.refCnt()).isEqualTo(1);
		buffer.release();
		assertThat(write(Unpooled.copyLong(1))).isZero();
	}

	@Test
	void aFullSocketTakesAPartAndThenNothing() {
		ByteBuf buffer = Unpooled.directBuffer(LARGE).writeZero(LARGE);
		ByteBuf readOnly = buffer.asReadOnly();
		assertThat(write(readOnly)).isBetween(1, LARGE - 1);
		Awaitility.await().until(() -> write(buffer) == 0);
		assertThat(buffer.readableBytes()).isEqualTo(LARGE);
		assertThat(buffer.release()).isTrue();
	}

	@Test
	void aBrokenSocketTakesNothing() {
		((EpollSocketChannel) this.channel).shutdownOutput().syncUninterruptibly();
		ByteBuf buffer = Unpooled.directBuffer(8).writeLong(1);
		assertThat(write(buffer)).isZero();
		buffer.release();
	}

	private boolean isFree() {
		return this.channel.eventLoop().submit(() -> DirectSocket.isFree(this.channel)).syncUninterruptibly().getNow();
	}

	private int write(ByteBuf buffer) {
		return this.channel.eventLoop()
			.submit(() -> DirectSocket.write(this.channel, buffer))
			.syncUninterruptibly()
			.getNow();
	}

	private static final class First extends ChannelInboundHandlerAdapter implements UnchangedWrites {

		private volatile boolean unchanged;

		@Override
		public boolean areUnchanged() {
			return this.unchanged;
		}

	}

}
