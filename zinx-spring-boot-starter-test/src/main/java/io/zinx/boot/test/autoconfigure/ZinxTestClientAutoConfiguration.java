package io.zinx.boot.test.autoconfigure;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.payload.PayloadEncoding;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.test.client.Admissions;
import io.zinx.boot.test.client.PayloadConversion;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Scope;
import org.springframework.util.function.SingletonSupplier;

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
	ZinxTestClients zinxTestClients(ZinxServer server, Admissions admissions, PayloadFormats formats) {
		return new ZinxTestClients(server, admissions,
				new PayloadConversion(SingletonSupplier.of(() -> formats.resolve(PayloadEncoding.DEFAULT))));
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	ZinxTestClient zinxTestClient(ZinxTestClients clients) {
		return clients.connect();
	}

}
