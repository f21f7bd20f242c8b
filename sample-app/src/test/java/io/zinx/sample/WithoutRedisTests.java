package io.zinx.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.cluster.ZinxCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample without the profile {@code cluster}, which is how most people start it.
 */
@SpringBootTest
class WithoutRedisTests {

	private static final ServerSocketChannel redis = listen();

	private static ServerSocketChannel listen() {
		try {
			ServerSocketChannel channel = ServerSocketChannel.open();
			channel.configureBlocking(false);
			return channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@DynamicPropertySource
	static void aPortWhereAnAttemptToConnectWouldBeSeen(DynamicPropertyRegistry properties) {
		properties.add("spring.data.redis.host", () -> "127.0.0.1");
		properties.add("spring.data.redis.port", () -> redis.socket().getLocalPort());
	}

	@AfterAll
	static void closePort() throws IOException {
		redis.close();
	}

	@Test
	void itIsHealthyAndDoesNotTryToConnect(@Autowired WebApplicationContext context, @Autowired ZinxTestClient ann,
			@Autowired ZinxCluster cluster) throws IOException {
		assertThat(ann.exchange(10, "{\"user\":\"ann\"}")).hasText("{\"user\":\"ann\"}");
		assertThat(ann.exchange(14, "{\"to\":\"bob\",\"text\":\"hello\"}"))
			.hasText("{\"to\":\"bob\",\"state\":\"no-receiver\",\"here\":0,\"nodes\":0}");
		assertThat(MockMvcTester.from(context).get().uri("/actuator/health")).hasStatusOk()
			.bodyText()
			.contains("\"zinx\"")
			.doesNotContain("redis");
		assertThat(cluster.status().clustered()).isFalse();
		assertThat(redis.accept()).as("connection to Redis").isNull();
	}

}
