package io.zinx.boot.autoconfigure.propagation;

import io.micrometer.context.ContextSnapshotFactory;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.propagation.SnapshotCarrier;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the propagation of thread locals to the replies of handler
 * methods.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ ContextSnapshotFactory.class, ZinxServer.class })
@ConditionalOnSingleCandidate(ZinxServer.class)
public final class ZinxContextPropagationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SnapshotCarrier zinxSnapshotCarrier(ObjectProvider<ContextSnapshotFactory> factories) {
		return new SnapshotCarrier(factories.getIfUnique(() -> ContextSnapshotFactory.builder().build()));
	}

}
