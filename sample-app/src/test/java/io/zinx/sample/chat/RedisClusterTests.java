package io.zinx.sample.chat;

import java.net.http.HttpResponse;
import java.util.List;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.cluster.redis.testing.RedisServerExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes and a Redis.
 */
class RedisClusterTests extends TwoNodes {

	@RegisterExtension
	static final RedisServerExtension redis = RedisServerExtension.shared();

	@Override
	protected Node start() {
		return Node.start("spring.data.redis.host=127.0.0.1", "spring.data.redis.port=" + redis.server().port());
	}

	@Test
	void whileRedisIsAwayEachNodeGoesOnForItself() throws Exception {
		try (ZinxTestClient ivy = this.first.login("ivy")) {
			redis.server().kill();
			awaitConnected(false);
			HttpResponse<String> here = this.first.post("/push/ivy", "{\"text\":\"from here\"}");
			assertThat(here.body()).isEqualTo("{\"to\":\"ivy\",\"state\":\"unavailable\",\"here\":1,\"nodes\":0}");
			assertThat(here.statusCode()).isEqualTo(200);
			assertThat(ivy.receive(22)).hasText("{\"text\":\"from here\"}");
			assertThat(this.second.post("/push/ivy", "{\"text\":\"from there\"}").statusCode()).isEqualTo(503);
			assertThat(this.second.get("/online/ivy").statusCode()).isEqualTo(503);
			assertThat(this.second.get("/actuator/health").statusCode()).isEqualTo(200);
			redis.server().restart();
			awaitConnected(true);
			this.first.awaitSubscriptions();
			assertThat(this.second.post("/push/ivy", "{\"text\":\"back again\"}").body()).contains("\"sent\"");
			assertThat(ivy.receive(22)).hasText("{\"text\":\"back again\"}");
		}
	}

	private void awaitConnected(boolean connected) {
		for (Node node : List.of(this.first, this.second)) {
			Awaitility.await().until(() -> node.cluster().status().connected() == connected);
		}
	}

}
