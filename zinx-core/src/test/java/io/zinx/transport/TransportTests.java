package io.zinx.transport;

import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.zinx.testing.TestThreads;
import io.zinx.link.LinkSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TransportTests {

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void connectionsAreKeptAliveAndSendSmallMessagesAtOnce(boolean nativeTransport) throws Exception {
		CompletableFuture<Map<ChannelOption<?>, Object>> options = new CompletableFuture<>();
		Transport transport = Transport.listen(
				new TransportSettings("localhost", 0, 16, 1, nativeTransport, 0, 0, false, LinkSettings.DEFAULTS, null),
				TestThreads.named("test"), null, WriteBufferWaterMark.DEFAULT, new ChannelInboundHandlerAdapter(),
				new ChannelInitializer<Channel>() {
					@Override
					protected void initChannel(Channel channel) {
						options.complete(channel.config().getOptions());
					}
				});
		try (Socket client = new Socket()) {
			client.connect(transport.localAddress());
			assertThat(options.get(30, TimeUnit.SECONDS)).containsEntry(ChannelOption.TCP_NODELAY, true)
				.containsEntry(ChannelOption.SO_KEEPALIVE, true)
				.containsEntry(ChannelOption.AUTO_READ, false);
		}
		finally {
			transport.stopAccepting().get(30, TimeUnit.SECONDS);
			transport.shutdown(Duration.ofSeconds(10));
		}
	}

}
