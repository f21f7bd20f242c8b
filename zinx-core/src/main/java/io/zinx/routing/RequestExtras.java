package io.zinx.routing;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The parts that few requests have: attributes and a stage to wait for. For the thread
 * that handles the request only.
 */
final class RequestExtras {

	private final Map<String, Object> attributes = new HashMap<>();

	private @Nullable CompletionStage<?> answer;

	private @Nullable Throwable failure;

	private @Nullable Throwable handledFailure;

	/** The request in whose place this one was passed on by an interceptor. */
	private @Nullable RequestAttributes replaced;

	Map<String, Object> attributes() {
		return this.attributes;
	}

	/**
	 * Set the stage that the answer waits for.
	 * @return {@code false} if there is one already
	 */
	boolean answer(CompletionStage<?> answer) {
		if (this.answer != null) {
			return false;
		}
		this.answer = answer;
		return true;
	}

	/**
	 * Take the stage that the answer waits for, which is the caller's from now on.
	 * @return the stage, or {@code null} if there is none
	 */
	@Nullable CompletionStage<?> takeAnswer() {
		CompletionStage<?> taken = this.answer;
		this.answer = null;
		return taken;
	}

	void failure(Throwable failure) {
		this.failure = failure;
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	void handledFailure(Throwable failure) {
		this.handledFailure = failure;
	}

	@Nullable Throwable handledFailure() {
		return this.handledFailure;
	}

	void replaces(RequestAttributes request) {
		this.replaced = request;
	}

	@Nullable RequestAttributes replaced() {
		return this.replaced;
	}

}
