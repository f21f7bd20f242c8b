package io.zinx.boot.autoconfigure.logging;

import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.logging.MdcInterceptor;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's name, connection and message numbers in the log
 * context.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnBooleanProperty("zinx.logging.mdc")
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxLoggingAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	MdcInterceptor zinxMdcInterceptor(ZinxServer server, ObjectProvider<ServerConfig> config) {
		return new MdcInterceptor(StandIns.of(server, config).config().name());
	}

}
