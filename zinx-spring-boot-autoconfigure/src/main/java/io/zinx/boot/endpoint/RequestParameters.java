package io.zinx.boot.endpoint;

import java.util.List;

import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/**
 * The parsing and validation of request parameters.
 */
final class RequestParameters {

	private RequestParameters() {
	}

	/**
	 * Parse one of several words.
	 * @param type the words that are allowed
	 * @param name the name of the parameter
	 * @param value its value
	 * @throws InvalidEndpointRequestException if it is none of them
	 */
	static <E extends Enum<E>> E parse(Class<E> type, String name, String value) {
		for (E constant : type.getEnumConstants()) {
			if (constant.toString().equals(value)) {
				return constant;
			}
		}
		throw invalid(name, value, "one of " + List.of(type.getEnumConstants()));
	}

	/**
	 * Create an exception for an invalid parameter.
	 * @param name its name
	 * @param value its value
	 * @param expected the allowed values
	 */
	static InvalidEndpointRequestException invalid(String name, @Nullable String value, String expected) {
		String message = name + ": " + PeerText.escape(value) + " (expected: " + expected + ")";
		return new InvalidEndpointRequestException(message, message);
	}

}
