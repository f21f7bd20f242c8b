package io.zinx.routing;

import java.util.Objects;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a {@link Request}, and the failure that was handled. For the thread
 * that handles the request, unless a method says otherwise.
 */
abstract class RequestAttributes extends RequestBody {

	private @Nullable RequestExtras extras;

	RequestAttributes(ByteBuf buffer, int bodyIndex, int bodyLength) {
		super(buffer, bodyIndex, bodyLength);
	}

	/**
	 * Read an attribute of this request.
	 * @param name its name
	 * @return its value, or {@code null} if there is none
	 */
	public @Nullable Object attribute(String name) {
		return (this.extras != null) ? this.extras.attributes().get(name) : null;
	}

	/**
	 * Read an attribute of a known type.
	 * @param <T> the type
	 * @param name its name
	 * @param type the type
	 * @return its value, or {@code null} if there is none
	 * @throws ClassCastException if it is of another type
	 */
	public <T> @Nullable T attribute(String name, Class<T> type) {
		return type.cast(attribute(name));
	}

	/**
	 * Set an attribute, for the code that handles this request later.
	 * @param name its name
	 * @param value its value
	 * @return the value it had before, or {@code null}
	 */
	public @Nullable Object setAttribute(String name, Object value) {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(value, "value");
		return extras().attributes().put(name, value);
	}

	/**
	 * Remove an attribute.
	 * @param name its name
	 * @return the value it had, or {@code null}
	 */
	public @Nullable Object removeAttribute(String name) {
		return (this.extras != null) ? this.extras.attributes().remove(name) : null;
	}

	/**
	 * Record that the handler of this message has failed, and that the failure was
	 * handled, for example by an error reply. The message then counts with the outcome
	 * {@code handled}, unless something throws afterwards. Interceptors can read it, also
	 * from a request in whose place another one was passed on. For the thread that
	 * handles the message, or the one that completes its {@linkplain Request#answerLater
	 * stage}, before it is complete. No effect on a copy.
	 * @param failure the exception
	 */
	public void handledFailure(Throwable failure) {
		Objects.requireNonNull(failure, "failure");
		for (RequestAttributes request = this; request != null; request = request.replaced()) {
			request.extras().handledFailure(failure);
		}
	}

	/**
	 * The failure that was handled, see {@link #handledFailure(Throwable)}. To be read
	 * when the message is handled, see {@link Interceptor.Chain#onHandled}.
	 * @return the last one, or {@code null} if there is none
	 */
	public @Nullable Throwable handledFailure() {
		return (this.extras != null) ? this.extras.handledFailure() : null;
	}

	private @Nullable RequestAttributes replaced() {
		return (this.extras != null) ? this.extras.replaced() : null;
	}

	final RequestExtras extras() {
		RequestExtras extras = this.extras;
		if (extras == null) {
			extras = new RequestExtras();
			this.extras = extras;
		}
		return extras;
	}

	final @Nullable RequestExtras extrasIfAny() {
		return this.extras;
	}

}
