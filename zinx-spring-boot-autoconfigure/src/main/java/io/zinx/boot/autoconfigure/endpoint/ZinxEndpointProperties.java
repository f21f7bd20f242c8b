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
	 * When to show the values of connection properties. Sanitizing functions may still
	 * hide them.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Roles used to determine whether a user is authorized to be shown the values of
	 * connection properties. When empty, all authenticated users are authorized.
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
