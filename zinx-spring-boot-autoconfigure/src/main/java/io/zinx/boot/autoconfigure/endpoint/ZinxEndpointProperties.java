package io.zinx.boot.autoconfigure.endpoint;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the actuator endpoint.
 */
@ConfigurationProperties("management.endpoint.zinx")
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ZinxEndpointProperties {

	/**
	 * When to show the values of connections' properties, which sanitizing functions may
	 * still hide.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles of which a user must have one to be shown the values. When empty, all
	 * authenticated users are authorized.
	 */
	private Set<String> roles = new HashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

	public void setRoles(Set<String> roles) {
		this.roles = roles;
	}

}
