package io.zinx.it.starter;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushState;
import io.zinx.cluster.ZinxCluster;
import io.zinx.cluster.redis.RedisBackplane;
import io.zinx.cluster.redis.testing.RedisProcess;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(RedisServerExtension.class)
class StarterClusterRedisTests {

	@Test
	void theTwoStartersMakeACluster(RedisProcess redis) {
		assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
		try (ConfigurableApplicationContext here = run(redis.port());
				ConfigurableApplicationContext there = run(redis.port());
				SocketClient ann = SocketClient.connect(there.getBean(ZinxServer.class).port())) {
			assertThat(here.getBean(Backplane.class)).isInstanceOf(RedisBackplane.class);
			assertThat(ann.send(1, "ann").receive().text()).isEqualTo("welcome");
			ZinxCluster cluster = here.getBean(ZinxCluster.class);
			await().until(() -> cluster.isOnline("ann").toCompletableFuture().join());
			PushResult result = here.getBean(ZinxTemplate.class)
				.cluster()
				.sendToKey("ann", 30, "dinner")
				.toCompletableFuture()
				.join();
			assertThat(result.state()).isEqualTo(PushState.SENT);
			assertThat(result.nodes()).isOne();
			assertThat(ann.receive()).hasToString("message 30 \"dinner\"");
		}
	}

	@Test
	void theStarterAloneMakesNone() {
		try (ConfigurableApplicationContext context = SpringApplication.run(NodeApplication.class, "--zinx.port=0")) {
			assertThat(context.getBeanProvider(ClusterMember.class).stream()).isEmpty();
			assertThat(context.getBeanProvider(Backplane.class).stream()).isEmpty();
		}
	}

	private static ConfigurableApplicationContext run(int redisPort) {
		return SpringApplication.run(NodeApplication.class, "--zinx.port=0", "--zinx.cluster.enabled=true",
				"--zinx.cluster.name=test", "--spring.data.redis.port=" + redisPort);
	}

}
