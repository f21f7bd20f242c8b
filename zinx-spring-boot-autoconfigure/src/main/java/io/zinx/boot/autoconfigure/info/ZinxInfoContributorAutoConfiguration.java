package io.zinx.boot.autoconfigure.info;

import io.zinx.boot.autoconfigure.StandIns;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.info.ZinxInfoContributor;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the server's info contributor.
 */
@AutoConfiguration(after = ZinxAutoConfiguration.class)
@ConditionalOnClass({ ZinxServer.class, InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnSingleCandidate(ZinxServer.class)
@ConditionalOnEnabledInfoContributor("zinx")
public final class ZinxInfoContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ZinxInfoContributor zinxInfoContributor(ZinxServer server, ObjectProvider<ServerConfig> config,
			ObjectProvider<ZinxCluster> clusters) {
		ZinxServer shown = StandIns.of(server, config);
		return new ZinxInfoContributor(shown, StandIns.of(clusters.getIfUnique(), shown));
	}

}
