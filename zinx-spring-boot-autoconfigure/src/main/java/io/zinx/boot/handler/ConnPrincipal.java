package io.zinx.boot.handler;

import java.security.Principal;
import java.util.Objects;

/**
 * The user at the other end of a connection, for handler methods with a parameter that is
 * a {@link Principal}. Such a parameter is what the application has set as the property
 * {@value #PROPERTY}, for example when a user has logged in:
 *
 * <pre class="code">
 * connection.setProperty(ConnPrincipal.PROPERTY, authentication);</pre>
 *
 * Without that property it is a {@code ConnPrincipal} of the key that is bound to the
 * connection, see {@link io.zinx.connection.Connection#bind(String)}, if it is one.
 *
 * @param name the name of the user
 */
public record ConnPrincipal(String name) implements Principal {

	/** The name of the property of a connection that holds its principal. */
	public static final String PROPERTY = "zinx.principal";

	/**
	 * Create a principal.
	 * @param name the name of the user
	 */
	public ConnPrincipal {
		Objects.requireNonNull(name, "name");
	}

	@Override
	public String getName() {
		return this.name;
	}

}
