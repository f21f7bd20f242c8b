package io.zinx.diagnostics;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import io.zinx.ZinxException;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an exception for the log, with all texts escaped by {@link PeerText}. It
 * replaces an exception whose text, or that of a cause, may contain characters from a
 * peer that must not be logged as they are.
 */
public final class EscapedException extends ZinxException {

	/** The longest text in characters. */
	private static final int LONGEST = 4 * PeerText.LONGEST;

	/** The most exceptions of one chain. */
	private static final int MOST = 64;

	private final Class<?> type;

	private EscapedException(Throwable original, @Nullable Throwable cause, boolean traced) {
		super(PeerText.escape(original.toString(), LONGEST), cause);
		this.type = typeOf(original);
		if (traced) {
			setStackTrace(original.getStackTrace());
		}
	}

	/**
	 * The type of an exception, or of the original of an escaped one.
	 * @param ex the exception
	 * @return its class
	 */
	public static Class<?> typeOf(Throwable ex) {
		return (ex instanceof EscapedException escaped) ? escaped.type : ex.getClass();
	}

	/**
	 * Return the exception to log for another one.
	 * @param original the exception
	 * @return the exception itself if all texts in its chain are plain; otherwise an
	 * escaped copy
	 */
	public static Throwable of(Throwable original) {
		return of(original, true);
	}

	/**
	 * Return the exception to log for one that the peer has caused, for which the stack
	 * trace says nothing.
	 * @param original the exception
	 * @return the exception itself if all texts in its chain are plain; otherwise an
	 * escaped copy without stack trace
	 */
	public static Throwable withoutTrace(Throwable original) {
		return of(original, false);
	}

	private static Throwable of(Throwable original, boolean traced) {
		return isPlain(original, newSet()) ? original : copy(original, traced, newSet());
	}

	private static Set<Throwable> newSet() {
		return Collections.newSetFromMap(new IdentityHashMap<>());
	}

	private static boolean isPlain(Throwable ex, Set<Throwable> seen) {
		if (!seen.add(ex)) {
			return true;
		}
		if (seen.size() > MOST || !PeerText.isPlain(String.valueOf(ex), LONGEST)
				|| !PeerText.isPlain(String.valueOf(ex.getMessage()), LONGEST)) {
			return false;
		}
		Throwable cause = ex.getCause();
		if (cause != null && !isPlain(cause, seen)) {
			return false;
		}
		for (Throwable suppressed : ex.getSuppressed()) {
			if (!isPlain(suppressed, seen)) {
				return false;
			}
		}
		return true;
	}

	private static EscapedException copy(Throwable ex, boolean traced, Set<Throwable> seen) {
		seen.add(ex);
		Throwable cause = ex.getCause();
		EscapedException copy = new EscapedException(ex,
				(cause != null && isNew(cause, seen)) ? copy(cause, traced, seen) : null, traced);
		for (Throwable suppressed : ex.getSuppressed()) {
			if (isNew(suppressed, seen)) {
				copy.addSuppressed(copy(suppressed, traced, seen));
			}
		}
		return copy;
	}

	private static boolean isNew(Throwable ex, Set<Throwable> seen) {
		return !seen.contains(ex) && seen.size() < MOST;
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
