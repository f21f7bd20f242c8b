package io.zinx.boot.autoconfigure.settings;

import java.util.ArrayList;
import java.util.List;

import io.zinx.boot.autoconfigure.ZinxSettings;
import io.zinx.boot.settings.KnownSetting;
import io.zinx.boot.settings.KnownSettings;
import io.zinx.boot.settings.ServiceLinks;
import io.zinx.boot.settings.TypedSetting;
import io.zinx.boot.settings.TypedSettings;
import org.apache.commons.logging.Log;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.DeferredLogFactory;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes the addresses of Kubernetes Services away from the ports of the server. In a
 * namespace with a Service called {@code zinx}, {@code ZINX_PORT} is
 * {@code tcp://10.96.0.7:8999} in every container and would set {@code zinx.port}; the
 * same is true of any other port and a Service of its name. Each source keeps its place,
 * so the next one that has the port decides. Runs last, when all sources are there.
 */
final class ServiceLinkEnvironmentPostProcessor implements EnvironmentPostProcessor, Ordered {

	private final Log logger;

	ServiceLinkEnvironmentPostProcessor(DeferredLogFactory logFactory) {
		this.logger = logFactory.getLog(ServiceLinkEnvironmentPostProcessor.class);
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		List<TypedSetting> addresses = new ArrayList<>(TypedSettings.below(environment, "zinx"));
		addresses.removeIf(
				(setting) -> !setting.isVariable() || !ServiceLinks.isAddress(setting.spelling(), setting.value()));
		if (addresses.isEmpty()
				|| !Binder.get(environment).bind("zinx.enabled", Bindable.of(Boolean.class)).orElse(true)) {
			return;
		}
		KnownSettings known = ZinxSettings.known();
		for (TypedSetting address : addresses) {
			KnownSetting port = known.find(address);
			if (port != null) {
				hide(address, environment);
				this.logger.info("Ignored the environment variable " + address.spelling() + ", '" + address.value()
						+ "': it is the address of a Kubernetes Service of that name and not the number of a port. With "
						+ "enableServiceLinks: false in the specification of the pod, Kubernetes does not set it, and "
						+ address.spelling() + " can set " + port.name());
			}
		}
	}

	private static void hide(TypedSetting address, ConfigurableEnvironment environment) {
		String source = address.source().getName();
		if (environment.getPropertySources().get(source) instanceof SystemEnvironmentPropertySource variables) {
			environment.getPropertySources().replace(source, VariablesWithoutLinks.of(variables, address.spelling()));
		}
	}

}
