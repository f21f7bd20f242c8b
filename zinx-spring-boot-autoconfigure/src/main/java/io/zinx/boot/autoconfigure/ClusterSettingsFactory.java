package io.zinx.boot.autoconfigure;

import io.zinx.InvalidSettingException;
import io.zinx.boot.context.ClusterStartException;
import io.zinx.cluster.ClusterSettings;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;

/**
 * Creates the settings of a node from properties.
 */
public final class ClusterSettingsFactory {

	private static final String NAME = "zinx.cluster.name";

	private static final String APPLICATION_NAME = "spring.application.name";

	private final ClusterProperties properties;

	private final ConfigurableEnvironment environment;

	/**
	 * Create a factory.
	 * @param properties the properties
	 * @param environment what they were read from, to tell which ones the user has set
	 */
	public ClusterSettingsFactory(ClusterProperties properties, ConfigurableEnvironment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	/**
	 * Create the settings.
	 * @return the settings
	 * @throws RuntimeException if a property has a value that is not allowed, or the
	 * cluster has no name
	 */
	public ClusterSettings create() {
		String name = name();
		String nodeId = this.properties.getNodeId();
		try {
			return new ClusterSettings(name, StringUtils.hasText(nodeId) ? nodeId : ClusterSettings.randomNodeId(),
					this.properties.getHeartbeatInterval(), this.properties.getNodeTimeout(),
					this.properties.getPublishTimeout(), this.properties.getMaxPending().toBytes(),
					this.properties.getMaxInbound().toBytes());
		}
		catch (InvalidSettingException ex) {
			throw attribute(ex);
		}
	}

	private String name() {
		String name = this.properties.getName();
		String found = StringUtils.hasText(name) ? name : this.environment.getProperty(APPLICATION_NAME);
		if (!StringUtils.hasText(found)) {
			throw new ClusterStartException(
					"zinx.cluster.enabled is true, but the cluster has no name: neither " + NAME + " nor "
							+ APPLICATION_NAME + " is set. Nodes of one name that use the same Redis are a cluster, "
							+ "so two applications without a name would receive the messages of each other.",
					"Set " + NAME + " to the name of the cluster, the same on all of its nodes.");
		}
		return found;
	}

	/**
	 * Spring Boot explains invalid values that the user has set; not those that are
	 * defaults and conflict with another value.
	 */
	private RuntimeException attribute(InvalidSettingException ex) {
		TypedProperties typed = new TypedProperties(this.environment);
		String name = TypedProperties.name(ex);
		if (typed.find(name) != null) {
			return typed.attribute(ex);
		}
		String source = name.equals(NAME) ? "that of " + APPLICATION_NAME : "its default";
		return new ClusterStartException(
				"The property " + name + " is not set, and " + source + ", '" + ex.value() + "', cannot be used.",
				"Set " + name + ". It should be " + TypedProperties.expected(ex) + ".");
	}

}
