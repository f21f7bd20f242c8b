package io.zinx.boot.autoconfigure.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.zinx.boot.autoconfigure.ServerProperties;
import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.boot.autoconfigure.ZinxSettings;
import io.zinx.boot.context.ZinxServerStartedEvent;
import io.zinx.boot.settings.KnownSetting;
import io.zinx.boot.settings.KnownSettings;
import io.zinx.boot.settings.TypedSetting;
import io.zinx.boot.settings.TypedSettings;
import io.zinx.cluster.ZinxCluster;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Warns of settings that exist and have no effect, with the setting that would make them
 * count. Runs once, when the server has started for the first time, because its routes
 * are known then.
 */
final class EffectCheck implements ApplicationListener<ZinxServerStartedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(EffectCheck.class);

	private static final String CLUSTER_ENABLED = "zinx.cluster.enabled";

	/** The settings of the server that are those of its life in the application. */
	private static final List<String> NOT_OF_THE_CONFIG = List.of("zinx.auto-startup", "zinx.phase",
			"zinx.shutdown.mode");

	private final ZinxServer server;

	private final ZinxProperties properties;

	private final ObjectProvider<ZinxCluster> clusters;

	private final ConfigurableEnvironment environment;

	private final ListableBeanFactory beanFactory;

	private final AtomicBoolean done = new AtomicBoolean();

	EffectCheck(ZinxServer server, ZinxProperties properties, ObjectProvider<ZinxCluster> clusters,
			ConfigurableEnvironment environment, ListableBeanFactory beanFactory) {
		this.server = server;
		this.properties = properties;
		this.clusters = clusters;
		this.environment = environment;
		this.beanFactory = beanFactory;
	}

	@Override
	public void onApplicationEvent(ZinxServerStartedEvent event) {
		if (event.server() != this.server || !this.done.compareAndSet(false, true)) {
			return;
		}
		List<TypedSetting> typed = new ArrayList<>(TypedSettings.below(this.environment, "zinx"));
		typed.addAll(TypedSettings.below(this.environment, "management.endpoint.zinx"));
		KnownSettings known = ZinxSettings.knownWithActuator();
		Map<KnownSetting, TypedSetting> used = new LinkedHashMap<>();
		for (TypedSetting setting : typed) {
			KnownSetting found = known.find(setting);
			if (found != null && !setting.isBlank()) {
				used.putIfAbsent(found, setting);
			}
		}
		if (!used.isEmpty()) {
			warn(used);
		}
	}

	private void warn(Map<KnownSetting, TypedSetting> used) {
		if (!isConfiguredByProperties()) {
			warnOfOtherConfig(used);
		}
		Situation situation = Situation.of(this.server, this.properties, this.environment, this.beanFactory,
				isClustered());
		used.forEach((setting, typed) -> {
			if (setting.name().equals(CLUSTER_ENABLED)) {
				warnOfCluster(situation);
				return;
			}
			Effect missing = Effects.missing(setting.name(), situation);
			if (missing != null) {
				logger.warn("{} has no effect: {}", typed, missing.needs());
			}
		});
	}

	/**
	 * True if the configuration of the server is the bean that was made of the
	 * properties.
	 */
	private boolean isConfiguredByProperties() {
		return this.beanFactory.containsBean("zinxServerConfig")
				&& this.beanFactory.getBean("zinxServerConfig") == this.server.config();
	}

	private void warnOfOtherConfig(Map<KnownSetting, TypedSetting> used) {
		KnownSettings ofTheServer = new KnownSettings().addBean("zinx", ServerProperties.class);
		List<String> names = used.keySet()
			.stream()
			.map(KnownSetting::name)
			.filter((name) -> ofTheServer.find(name) != null && !NOT_OF_THE_CONFIG.contains(name))
			.sorted()
			.toList();
		if (!names.isEmpty()) {
			logger.warn(
					"These properties have no effect, because a bean of type {} or {} that the application defines "
							+ "replaces them: {}",
					ServerConfig.class.getSimpleName(), ZinxServer.class.getSimpleName(), String.join(", ", names));
		}
	}

	private boolean isClustered() {
		ZinxCluster cluster = this.clusters.getIfUnique();
		return cluster == null || cluster.status().clustered();
	}

	private static void warnOfCluster(Situation situation) {
		if (!situation.clustered() && situation.isTrue(CLUSTER_ENABLED)) {
			logger.warn("{} has no effect, so the server is no node of a cluster: this is a test of a slice, the "
					+ "auto-configuration of the cluster is excluded, or it was off when the application was processed "
					+ "ahead of time", CLUSTER_ENABLED);
		}
	}

}
