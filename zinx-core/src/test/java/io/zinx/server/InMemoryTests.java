package io.zinx.server;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.dispatch.WorkerMode;
import io.zinx.message.Message;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryTests {

	@ParameterizedTest
	@EnumSource
	void messagesAreAnsweredWithoutASocket(WorkerMode mode) throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory().workerMode(mode));
				LocalClient client = new LocalClient(server.server())) {
			assertThat(server.server().localAddress()).isInstanceOf(LocalAddress.class);
			assertThat(server.server().port()).isEqualTo(-1);
			assertThat(server.server().transportKind()).isEqualTo("in-memory");
			client.send(SocketClient.frame(1, "ping"));
			assertThat(client.receive(12)).isEqualTo(SocketClient.frame(1, "ping"));
		}
	}

	@Test
	void framesMayComeInPieces() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory());
				LocalClient client = new LocalClient(server.server())) {
			for (byte piece : SocketClient.frame(1, "ping")) {
				client.send(new byte[] { piece });
			}
			assertThat(client.receive(12)).isEqualTo(SocketClient.frame(1, "ping"));
		}
	}

	@Test
	void broadcastsReachEverybody() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory());
				LocalClient ann = new LocalClient(server.server());
				LocalClient bob = new LocalClient(server.server())) {
			server.awaitSize(2);
			String text = "x".repeat(2000);
			assertThat(server.connections().broadcast(7, text.getBytes(StandardCharsets.UTF_8)).reached()).isEqualTo(2);
			for (LocalClient client : List.of(ann, bob)) {
				assertThat(client.receive(2008)).isEqualTo(SocketClient.frame(7, text));
			}
		}
	}

	@Test
	void lastMessagesArriveBeforeTheEnd() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory());
				LocalClient client = new LocalClient(server.server())) {
			server.onlyConnection().close(CloseReason.KICKED, new Message(9, "bye".getBytes(StandardCharsets.UTF_8)));
			assertThat(client.receive(11)).isEqualTo(SocketClient.frame(9, "bye"));
			client.awaitEnd();
			server.awaitSize(0);
		}
	}

	@Test
	void clientsThatGoAreNoticed() throws Exception {
		CompletableFuture<CloseReason> reason = new CompletableFuture<>();
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory())) {
			try (LocalClient client = new LocalClient(server.server())) {
				server.onlyConnection().onClose((connection, closed) -> reason.complete(closed));
				client.send(SocketClient.frame(1, "ping"));
				client.receive(12);
			}
			assertThat(reason.get(10, TimeUnit.SECONDS)).isEqualTo(CloseReason.PEER_CLOSED);
		}
	}

	@Test
	void aConnectionKnowsItsAddressesWhenItIsClosed() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory())) {
			LocalClient client = new LocalClient(server.server());
			Connection connection = server.onlyConnection();
			client.close();
			server.awaitSize(0);
			assertThat(connection.remoteAddress()).isInstanceOf(LocalAddress.class);
			assertThat(connection.localAddress()).isInstanceOf(LocalAddress.class);
		}
	}

	@Test
	void theServerCanBeStartedAgain() throws Exception {
		try (TestServer server = TestServer.start(ServerConfig.builder().inMemory())) {
			for (int round = 0; round < 3; round++) {
				server.server().stop();
				assertThat(server.server().localAddress()).isNull();
				server.server().start();
				try (LocalClient client = new LocalClient(server.server())) {
					client.send(SocketClient.frame(1, "ping"));
					assertThat(client.receive(12)).isEqualTo(SocketClient.frame(1, "ping"));
				}
			}
		}
	}

	/**
	 * A client on a channel within this JVM.
	 */
	private static final class LocalClient implements AutoCloseable {

		private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());

		private final BlockingQueue<Byte> received = new LinkedBlockingQueue<>();

		private final Channel channel;

		LocalClient(ZinxServer server) throws InterruptedException {
			this.channel = new Bootstrap().group(this.loop)
				.channel(LocalChannel.class)
				.handler(new SimpleChannelInboundHandler<ByteBuf>() {

					@Override
					protected void channelRead0(ChannelHandlerContext ctx, ByteBuf in) {
						for (int i = 0; i < in.readableBytes(); i++) {
							LocalClient.this.received.add(in.getByte(in.readerIndex() + i));
						}
					}

				})
				.connect(server.localAddress())
				.sync()
				.channel();
		}

		void send(byte[] bytes) {
			this.channel.writeAndFlush(this.channel.alloc().buffer(bytes.length).writeBytes(bytes));
		}

		byte[] receive(int length) throws InterruptedException {
			byte[] bytes = new byte[length];
			for (int i = 0; i < length; i++) {
				Byte next = this.received.poll(10, TimeUnit.SECONDS);
				assertThat(next).as("byte " + i).isNotNull();
				bytes[i] = next;
			}
			return bytes;
		}

		void awaitEnd() {
			Awaitility.await().until(() -> !this.channel.isOpen());
		}

		@Override
		public void close() {
			this.channel.close().awaitUninterruptibly();
			this.loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
		}

	}

}
