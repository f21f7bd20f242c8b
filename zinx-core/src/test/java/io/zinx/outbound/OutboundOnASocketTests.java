package io.zinx.outbound;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.zinx.outbound.OutboundFixture.isAccepted;
import static io.zinx.outbound.OutboundFixture.listen;
import static io.zinx.outbound.OutboundFixture.outbound;
import static io.zinx.outbound.OutboundFixture.raw;
import static io.zinx.outbound.OutboundFixture.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A way out whose channel has a socket of the system's, to which it may write directly.
 */
class OutboundOnASocketTests {

	/** More than the socket and its peer take. */
	private static final int MUCH = 2 << 20;

	private static final int BUFFER = 32 * 1024;

	private EventLoopGroup loops;

	private Channel channel;

	private Socket peer;

	private Outbound outbound;

	@BeforeEach
	void connect() throws IOException {
		assumeThat(Epoll.isAvailable()).isTrue();
		this.loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
		try (ServerSocket listening = new ServerSocket()) {
			listening.setReceiveBufferSize(BUFFER);
			listening.bind(null);
			this.channel = new Bootstrap().group(this.loops)
				.channel(EpollSocketChannel.class)
				.option(ChannelOption.SO_SNDBUF, BUFFER)
				.handler(new ChannelInboundHandlerAdapter())
				.connect(InetAddress.getLoopbackAddress(), listening.getLocalPort())
				.syncUninterruptibly()
				.channel();
			this.peer = listening.accept();
		}
		this.outbound = outbound(this.channel, settings(2L * MUCH, 0));
	}

	@AfterEach
	void end() throws IOException {
		if (this.loops != null) {
			this.outbound.discard();
			this.loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
			this.peer.close();
		}
	}

	@Test
	void whatFitsIsWrittenAndToldAtOnce() throws Exception {
		List<Object> told = Collections.synchronizedList(new ArrayList<>());
		ByteBuf frame = this.channel.alloc().directBuffer(600).writeZero(600);
		this.outbound.appendFrame(1, frame, true);
		onLoop(() -> {
			this.outbound.write(false);
			assertThat(this.outbound.queued()).isZero();
			assertThat(this.outbound.written()).isEqualTo(600);
			listen(this.outbound, 5, (cause) -> told.add((cause != null) ? cause : "written"));
			this.outbound.write(false);
			assertThat(told).containsExactly("written");
			return this.outbound.written();
		});
		assertThat(frame.readableBytes()).isEqualTo(600);
		assertThat(frame.release()).isTrue();
		assertThat(this.peer.getInputStream().readNBytes(605)).hasSize(605).containsOnly(0);
	}

	@Test
	void whatTheSocketDoesNotTakeFollowsThroughNettyAndIsCountedOnceMeanwhile() throws Exception {
		CompletableFuture<String> told = new CompletableFuture<>();
		byte[] bytes = new byte[MUCH];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i + i / 256);
		}
		ByteBuf frame = Unpooled.directBuffer(MUCH).writeBytes(bytes);
		this.outbound.appendFrame(1, frame, true);
		listen(this.outbound, 0, (cause) -> told.complete(String.valueOf(cause)));
		long written = onLoop(() -> {
			this.outbound.write(false);
			assertThat(this.outbound.queued()).isBetween(1L, (long) MUCH + 2 * OutboundFixture.RECORD);
			return this.outbound.written();
		});
		assertThat(written).isBetween(0L, MUCH - 1L);
		assertThat(told).isNotDone();
		raw(this.outbound, 3);
		assertThat(this.peer.getInputStream().readNBytes(MUCH)).isEqualTo(bytes);
		assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo("null");
		assertThat(onLoop(() -> {
			this.outbound.write(false);
			return this.outbound.written();
		})).isEqualTo(MUCH + 3);
		assertThat(this.peer.getInputStream().readNBytes(3)).containsExactly(0, 0, 0);
		assertThat(frame.readableBytes()).isEqualTo(MUCH);
		Awaitility.await().until(() -> frame.refCnt() == 1);
		frame.release();
	}

	@Test
	void aPartOfOneBufferThatIsLeftOverIsToldWhenItIsWrittenToo() throws Exception {
		CompletableFuture<String> told = new CompletableFuture<>();
		listen(this.outbound, MUCH, (cause) -> told.complete(String.valueOf(cause)));
		onLoop(() -> {
			this.outbound.write(false);
			return null;
		});
		assertThat(told).isNotDone();
		assertThat(this.outbound.queued()).isBetween(1L, (long) MUCH + OutboundFixture.RECORD);
		assertThat(this.peer.getInputStream().readNBytes(MUCH)).hasSize(MUCH).containsOnly(0);
		assertThat(told.get(30, TimeUnit.SECONDS)).isEqualTo("null");
	}

	@Test
	void aPeerThatIsGoneIsTheCauseThatListenersAreTold() throws Exception {
		CompletableFuture<String> told = new CompletableFuture<>();
		this.channel.close().sync();
		listen(this.outbound, 10, (cause) -> told.complete(String.valueOf(cause)));
		onLoop(() -> {
			this.outbound.write(true);
			return null;
		});
		assertThat(told.get(30, TimeUnit.SECONDS)).contains("ClosedChannelException");
		assertThat(this.outbound.queued()).isZero();
	}

	@Test
	void nothingOfManySendersIsLostOrDoubledOrOvertakenWhileTheSocketTakesParts() throws Exception {
		int senders = 3;
		int messages = 3000;
		LoopOutbox outbox = new LoopOutbox(this.channel.eventLoop());
		RecordedFlush connection = new RecordedFlush(() -> this.outbound.write(false));
		this.channel.pipeline()
			.replace(ChannelInboundHandlerAdapter.class, "writable", new ChannelInboundHandlerAdapter() {
				@Override
				public void channelWritabilityChanged(ChannelHandlerContext ctx) {
					connection.flush();
				}
			});
		CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> receive(senders * messages * 20));
		OutboundFixture.together(senders, (number) -> {
			for (int i = 0; i < messages; i++) {
				byte[] body = Unpooled.buffer(12).writeInt(i).writeLong(-i).array();
				Appended appended = this.outbound.append(number, body, Encoding.MESSAGE, true, null);
				assertThat(isAccepted(appended)).isTrue();
				if (appended == Appended.ACCEPTED_AND_LISTED) {
					outbox.publish(connection);
					outbox.wake();
				}
			}
		});
		ByteBuf in = Unpooled.wrappedBuffer(received.get(30, TimeUnit.SECONDS));
		int[] next = new int[senders];
		while (in.isReadable()) {
			int sender = in.readInt();
			assertThat(in.readInt()).isEqualTo(12);
			assertThat(in.readInt()).isEqualTo(next[sender]);
			assertThat(in.readLong()).isEqualTo(-next[sender]);
			next[sender]++;
		}
		assertThat(Arrays.stream(next)).containsOnly(messages);
	}

	private byte[] receive(int length) {
		ByteArrayOutputStream received = new ByteArrayOutputStream();
		try {
			while (received.size() < length) {
				received.write(this.peer.getInputStream().readNBytes(Math.min(5000, length - received.size())));
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return received.toByteArray();
	}

	private <T> T onLoop(Callable<T> task) throws Exception {
		return this.channel.eventLoop().submit(task).get(30, TimeUnit.SECONDS);
	}

}
