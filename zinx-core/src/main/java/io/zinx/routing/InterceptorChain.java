package io.zinx.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import io.zinx.routing.Routes.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The chain of interceptors for one message. On the thread that handles it.
 */
final class InterceptorChain {

	private final Routes routes;

	private final Interceptor[] interceptors;

	private Outcome outcome = Outcome.INTERCEPTED;

	/** The last exception, and the name of the code that threw it. */
	private @Nullable Throwable thrown;

	private String thrower = "";

	private long thrownOn;

	/** The stage to wait for, and the name of the code that set it last. */
	private @Nullable CompletionStage<?> answer;

	private String answerer = "";

	/** The exception that the recovery middleware caught and interceptors did not see. */
	private @Nullable Throwable failure;

	/** The listeners for the end of the handling, in the order of registration. */
	private @Nullable List<Consumer<@Nullable Throwable>> listeners;

	InterceptorChain(Routes routes, Interceptor[] interceptors) {
		this.routes = routes;
		this.interceptors = interceptors;
	}

	/**
	 * Handle the message. Throws nothing: exceptions are logged.
	 * @param request the message
	 * @param waiting called if the answer is asynchronous
	 * @return the outcome
	 */
	Outcome handle(Request request, PendingAnswer.Waiting waiting) {
		try {
			pass(0, request);
			CompletionStage<?> stage = this.answer;
			if (stage != null && this.outcome != Outcome.FAILED) {
				return await(request, stage, waiting);
			}
			tell(request, this.failure);
			return this.outcome;
		}
		catch (Throwable ex) {
			this.routes.logFailure(this.thrower, this.thrownOn, request.connection(), ex);
			tell(request, ex);
			return Outcome.FAILED;
		}
	}

	private Outcome await(Request request, CompletionStage<?> stage, PendingAnswer.Waiting waiting) {
		Outcome success = (this.outcome == Outcome.UNKNOWN) ? Outcome.UNKNOWN : Outcome.HANDLED;
		PendingAnswer pending = new PendingAnswer(this.routes, this.answerer, request, success);
		Outcome awaited = pending.await(stage, waiting);
		if (this.listeners != null) {
			pending.whenDone((ex) -> tell(request, ex));
		}
		return awaited;
	}

	private void listen(Consumer<@Nullable Throwable> listener) {
		if (this.listeners == null) {
			this.listeners = new ArrayList<>(2);
		}
		this.listeners.add(listener);
	}

	private void tell(Request request, @Nullable Throwable failure) {
		List<Consumer<@Nullable Throwable>> told = this.listeners;
		if (told == null) {
			return;
		}
		for (int i = told.size() - 1; i >= 0; i--) {
			tell(told.get(i), request, failure);
		}
	}

	private void tell(Consumer<@Nullable Throwable> listener, Request request, @Nullable Throwable failure) {
		try {
			listener.accept(failure);
		}
		catch (Throwable ex) {
			this.routes.logFailure("Listener " + listener.getClass().getName(), request.msgId(), request.connection(),
					ex);
		}
	}

	private void pass(int index, Request request) throws Exception {
		if (index == this.interceptors.length) {
			route(request);
			return;
		}
		Interceptor interceptor = this.interceptors[index];
		Link link = new Link(index + 1, request);
		try {
			interceptor.intercept(request, link);
			collect(request, "Interceptor ", RangedInterceptor.nameOf(interceptor));
		}
		catch (Throwable ex) {
			request.takeAnswer();
			blame(ex, "Interceptor ", RangedInterceptor.nameOf(interceptor), request);
			throw ex;
		}
		finally {
			link.spent = true;
			link.returned = true;
		}
	}

	private void route(Request request) throws Exception {
		try {
			this.outcome = this.routes.route(request);
			this.failure = request.failure();
			collect(request, "Router ", this.routes.name(request.msgId()));
		}
		catch (Throwable ex) {
			request.takeAnswer();
			blame(ex, "Router ", this.routes.name(request.msgId()), request);
			throw ex;
		}
	}

	private void collect(Request request, String kind, String name) {
		CompletionStage<?> stage = request.takeAnswer();
		if (stage != null) {
			CompletionStage<?> before = this.answer;
			this.answer = (before != null) ? before.thenCombine(stage, (first, second) -> "") : stage;
			this.answerer = kind + name;
		}
	}

	private void blame(Throwable ex, String kind, String name, Request request) {
		if (this.thrown != ex) {
			this.thrown = ex;
			this.thrower = kind + name;
			this.thrownOn = request.msgId();
		}
	}

	/**
	 * The rest of the chain behind one interceptor.
	 */
	private final class Link implements Interceptor.Chain {

		private final int next;

		private final Request intercepted;

		private boolean spent;

		private boolean returned;

		Link(int next, Request intercepted) {
			this.next = next;
			this.intercepted = intercepted;
		}

		@Override
		public void proceed(Request request) throws Exception {
			if (this.spent) {
				throw new IllegalStateException("proceed() with " + request
						+ " comes too late: it may be called once, before intercept() returns");
			}
			if (request.connection() != this.intercepted.connection()) {
				throw new IllegalArgumentException("request: " + request + " (expected: one from connection "
						+ this.intercepted.connection().connId() + ")");
			}
			this.spent = true;
			if (!request.isAborted()) {
				pass(this.next, request);
			}
		}

		@Override
		public void onHandled(Consumer<@Nullable Throwable> listener) {
			if (this.returned) {
				throw new IllegalStateException("onHandled() for " + this.intercepted
						+ " comes too late: it may be called before intercept() returns");
			}
			listen(Objects.requireNonNull(listener, "listener"));
		}

	}

}
