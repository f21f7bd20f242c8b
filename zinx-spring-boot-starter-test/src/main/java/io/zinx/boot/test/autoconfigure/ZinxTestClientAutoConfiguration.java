package io.zinx.boot.test.autoconfigure;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.test.client.Admissions;
import io.zinx.boot.test.client.PayloadConversion;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Scope;

/**
 * Auto-configuration of {@link ZinxTestClients}, and of a {@link ZinxTestClient} for each
 * injection point.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxTestClientAutoConfiguration {

	/**
	 * A fallback bean, so that an application's only listener is still the only
	 * candidate.
	 */
	@Bean
	@Fallback
	@ConditionalOnMissingBean
	Admissions zinxTestAdmissions() {
		return new Admissions();
	}

	@Bean
	@ConditionalOnMissingBean
	ZinxTestClients zinxTestClients(ZinxServer server, Admissions admissions, ZinxProperties properties,
			ObjectProvider<PayloadConverter> converters) {
		PayloadFormat format = properties.getPayload();
		return new ZinxTestClients(server, admissions, new PayloadConversion(format, () -> converters.orderedStream()
			.filter((converter) -> converter.format() == format)
			.findFirst()
			.orElseThrow(
					() -> new IllegalArgumentException("there is no converter for that format on the class path"))));
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	ZinxTestClient zinxTestClient(ZinxTestClients clients) {
		return clients.connect();
	}

}
