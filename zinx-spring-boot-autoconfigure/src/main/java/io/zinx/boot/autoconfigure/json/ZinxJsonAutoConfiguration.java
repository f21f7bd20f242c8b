package io.zinx.boot.autoconfigure.json;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.payload.json.JsonPayloadConverter;
import io.zinx.connection.ConnManager;
import io.zinx.server.ZinxServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of handler methods whose payloads are JSON.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ JsonMapper.class, ZinxServer.class })
@ConditionalOnSingleCandidate(ConnManager.class)
public final class ZinxJsonAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JsonPayloadConverter zinxJsonPayloadConverter(ObjectProvider<JsonMapper> mappers) {
		return new JsonPayloadConverter(mappers);
	}

}
