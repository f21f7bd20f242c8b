package io.zinx.authentication;

import java.security.Principal;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The decision of a {@link ConnectionAuthenticator}. Further kinds of decisions may be
 * added; code that distinguishes them needs a branch for others.
 */
public interface AuthenticationResult {

	/**
	 * Admit a client without a name.
	 * @return the decision
	 */
	static AuthenticationResult admit() {
		return new Admitted(null);
	}

	/**
	 * Admit a client.
	 * @param principal the client's identity, which is {@link Authentication#principal()}
	 * of its connection
	 * @return the decision
	 */
	static AuthenticationResult admit(Principal principal) {
		return new Admitted(Objects.requireNonNull(principal, "principal"));
	}

	/**
	 * Admit a client.
	 * @param name the name of the client's identity, not empty
	 * @return the decision
	 */
	static AuthenticationResult admit(String name) {
		return new Admitted(new NamedPrincipal(name));
	}

	/**
	 * Refuse a client. Its connection is closed; a WebSocket client gets an answer
	 * before.
	 * @param status the status code of HTTP, 400 to 599: 401 if it must log in, 403 if it
	 * may not connect, 429 if it has tried too often
	 * @param text a sentence to the client, on one line, which is also logged
	 * @return the decision
	 * @throws IllegalArgumentException if the code is none of an error
	 */
	static AuthenticationResult refuse(int status, String text) {
		return new Refused(status, text);
	}

	/**
	 * Decide later. The time limit {@code zinx.authentication.timeout} goes on.
	 * @param decision completes with the decision; if it fails, the client gets no
	 * connection
	 * @return a decision that is not known yet
	 */
	static AuthenticationResult later(CompletionStage<? extends AuthenticationResult> decision) {
		return new Later(Objects.requireNonNull(decision, "decision"));
	}

	/**
	 * The decision that a client may connect.
	 *
	 * @param principal its identity; {@code null} for none
	 */
	record Admitted(@Nullable Principal principal) implements AuthenticationResult {
	}

	/**
	 * The decision that a client may not connect.
	 *
	 * @param status the status code of HTTP, 400 to 599
	 * @param text a sentence to the client
	 */
	record Refused(int status, String text) implements AuthenticationResult {

		/** The lowest status code of an error. */
		private static final int LOWEST = 400;

		private static final int HIGHEST = 599;

		public Refused {
			Objects.requireNonNull(text, "text");
			if (status < LOWEST || status > HIGHEST) {
				throw new IllegalArgumentException("The status of a refusal is " + status + ", not 400 to 599");
			}
		}

	}

	/**
	 * A decision that is not known yet.
	 *
	 * @param decision completes with it
	 */
	record Later(CompletionStage<? extends AuthenticationResult> decision) implements AuthenticationResult {
	}

}
