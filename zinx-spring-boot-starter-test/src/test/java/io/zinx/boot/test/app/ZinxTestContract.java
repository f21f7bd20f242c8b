package io.zinx.boot.test.app;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

abstract class ZinxTestContract {

	@Autowired
	ApplicationContext context;

	@Autowired
	ZinxServer server;

	@Autowired
	ZinxTestClient client;

	@Test
	void theServerHasNoPort() {
		assertThat(this.server.transportKind()).isEqualTo("in-memory");
		assertThat(this.context.getEnvironment().getProperty("local.zinx.server.port")).isNull();
		assertThat(this.context.getEnvironment().getProperty("zinx.name")).isEqualTo("tested");
	}

}
