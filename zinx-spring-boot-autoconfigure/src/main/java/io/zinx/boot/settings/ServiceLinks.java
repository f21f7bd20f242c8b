package io.zinx.boot.settings;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognizes the environment variables that Kubernetes sets in every container for each
 * Service of its namespace. For one called {@code zinx} these are
 * {@code ZINX_SERVICE_HOST}, {@code ZINX_SERVICE_PORT}, {@code ZINX_PORT} and others.
 */
public final class ServiceLinks {

	private static final Pattern ALWAYS = Pattern
		.compile(".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

	private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

	private ServiceLinks() {
	}

	/**
	 * True if Kubernetes sets a variable.
	 * @param variable its name
	 * @param value its value
	 * @return whether both look like it
	 */
	public static boolean sets(String variable, @Nullable Object value) {
		return ALWAYS.matcher(variable).matches() || isAddress(variable, value);
	}

	/**
	 * True if a variable is the address of a Service and not the number of a port, which
	 * its name suggests.
	 * @param variable its name
	 * @param value its value
	 * @return whether it ends with {@code _PORT} and has a value such as
	 * {@code tcp://10.96.0.7:8999}
	 */
	public static boolean isAddress(String variable, @Nullable Object value) {
		return variable.endsWith("_PORT") && value != null && ADDRESS.matcher(value.toString()).matches();
	}

}
