package io.zinx.cluster.redis;

import java.security.cert.CertificateException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;

/**
 * A kind of reason why Redis cannot be used.
 */
enum Problem {

	/** The credentials are wrong or missing. */
	CREDENTIALS(true, "Redis rejects the credentials: check username and password"),

	/** The user lacks a permission. */
	PERMISSION(true, "The Redis user lacks a permission: it needs the commands publish, subscribe, unsubscribe, "
			+ "pubsub|numsub, ping, hello, auth and client, and the channel pattern of its topics (in ACL SETUSER: &zinx:*)"),

	/** The certificate of Redis is not trusted, or Redis does not trust ours. */
	CERTIFICATE(true, "The certificate of Redis is not trusted"),

	/** A Redis of a kind that is not supported. */
	UNSUITABLE(true, "This Redis cannot be used"),

	/** A replica, which may become a master. */
	NOT_MASTER(false, "This Redis is not the master now"),

	/** Redis is there and reads its data. */
	LOADING(false, "Redis is loading its data"),

	/** Redis is not there, or does not answer. */
	AWAY(false, "Redis is away");

	private final boolean lasting;

	private final String summary;

	Problem(boolean lasting, String summary) {
		this.lasting = lasting;
		this.summary = summary;
	}

	/**
	 * True if it cannot go away by itself.
	 */
	boolean isLasting() {
		return this.lasting;
	}

	/**
	 * Return a sentence that says what is wrong, and what to do.
	 */
	String summary() {
		return this.summary;
	}

	/**
	 * Find the kind of a failure in its causes and in what they suppress.
	 */
	static Problem of(Throwable failure) {
		Problem found = AWAY;
		Deque<Throwable> open = new ArrayDeque<>();
		open.add(failure);
		for (int seen = 0; !open.isEmpty() && seen < 100; seen++) {
			Throwable next = open.remove();
			Problem one = ofOne(next);
			if (one.compareTo(found) < 0) {
				found = one;
			}
			if (next.getCause() != null) {
				open.add(next.getCause());
			}
			open.addAll(List.of(next.getSuppressed()));
		}
		return found;
	}

	private static Problem ofOne(Throwable failure) {
		if (failure instanceof CertificateException) {
			return CERTIFICATE;
		}
		if (failure instanceof UnsuitableServerException unsuitable) {
			return unsuitable.isLasting() ? UNSUITABLE : NOT_MASTER;
		}
		boolean said = failure instanceof RedisCommandExecutionException || failure instanceof RedisConnectionException;
		return said ? ofReply(String.valueOf(failure.getMessage())) : AWAY;
	}

	/**
	 * Find the kind of an error reply.
	 */
	static Problem ofReply(String error) {
		String code = error.split(" ", 2)[0].toUpperCase(Locale.ROOT);
		return switch (code) {
			case "WRONGPASS", "NOAUTH" -> CREDENTIALS;
			case "NOPERM", "DENIED", "-DENIED" -> PERMISSION;
			case "LOADING" -> LOADING;
			case "READONLY", "MASTERDOWN" -> NOT_MASTER;
			// Before Redis 6, and a password for a user that has none.
			case "ERR" -> (error.contains("invalid password") || error.contains("AUTH")) ? CREDENTIALS : AWAY;
			default -> AWAY;
		};
	}

}
