package io.zinx.boot.autoconfigure.protobuf;

import com.google.protobuf.MessageLite;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.payload.protobuf.ProtobufPayloadConverter;
import io.zinx.connection.ConnManager;
import io.zinx.server.ZinxServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of handler methods whose payloads are Protobuf messages.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ MessageLite.class, ZinxServer.class })
@ConditionalOnSingleCandidate(ConnManager.class)
public final class ZinxProtobufAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ProtobufPayloadConverter zinxProtobufPayloadConverter() {
		return new ProtobufPayloadConverter();
	}

}
