package io.zinx.authentication;

import java.security.Principal;

/**
 * An identity that is a name and nothing else.
 */
record NamedPrincipal(String name) implements Principal {

	NamedPrincipal {
		if (name.isEmpty()) {
			throw new IllegalArgumentException("The name of a principal is empty");
		}
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public String toString() {
		return this.name;
	}

}
