package io.zinx.boot.test.autoconfigure;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.ZinxServerCustomizer;
import io.zinx.server.ServerConfigBuilder;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Auto-configuration of a server in memory, for {@link AutoConfigureInMemoryZinx}.
 */
@AutoConfiguration(before = ZinxAutoConfiguration.class)
public final class InMemoryZinxAutoConfiguration {

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ZinxServerCustomizer zinxInMemoryCustomizer() {
		return ServerConfigBuilder::inMemory;
	}

}
