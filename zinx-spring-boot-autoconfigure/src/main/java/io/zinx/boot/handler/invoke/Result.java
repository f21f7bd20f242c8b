package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.payload.NeverPayload;
import io.zinx.boot.payload.PlainPayload;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * The declared result of a method. Any thread.
 *
 * @param type the type of what is finally sent
 * @param adapter converts its result to a stage, or {@code null} if that is not of a
 * reactive type
 * @param mayComeLater whether it may return a stage, or something that is converted to
 * one
 * @param isStage whether it is declared as a stage
 */
record Result(ResolvableType type, @Nullable ReactiveAdapter adapter, boolean mayComeLater, boolean isStage) {

	/**
	 * The result of a handler method.
	 * @param method the method
	 * @param beanClass the class of its bean
	 * @return its result
	 * @throws InvalidHandlerMethodException if it cannot be a reply
	 */
	static Result of(Method method, Class<?> beanClass) {
		Result result = declared(method, beanClass);
		result.requirePossible(method);
		return result;
	}

	private static Result declared(Method method, Class<?> beanClass) {
		ResolvableType type = type(method, beanClass);
		Class<?> raw = type.toClass();
		if (CompletionStage.class.isAssignableFrom(raw)) {
			return new Result(withoutOptional(HandlerParameter.content(type.as(CompletionStage.class))), null, true,
					true);
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw);
		if ((adapter != null && adapter.isMultiValue()) || Future.class.isAssignableFrom(raw)) {
			throw new InvalidHandlerMethodException(method, "returns a " + type + ", which is not a single reply",
					"Return the reply, a CompletionStage, or a Mono of it.");
		}
		if (adapter == null) {
			return new Result(withoutOptional(type), null, !Modifier.isFinal(raw.getModifiers()), false);
		}
		ResolvableType content = adapter.isNoValue() ? ResolvableType.forClass(Void.class)
				: withoutOptional(HandlerParameter.content(type.as(raw)));
		return new Result(content, adapter, true, false);
	}

	private void requirePossible(Method method) {
		Class<?> raw = this.type.toClass();
		NeverPayload never = (PlainPayload.isWritten(raw) || raw == Outgoing.class || raw == Message.class) ? null
				: NeverPayload.inWritten(this.type);
		if (never != null) {
			throw new InvalidHandlerMethodException(method, "returns a " + this.type + ", which " + never.problem(),
					never.reason().resultAdvice());
		}
	}

	/**
	 * The result of a method that handles exceptions, which must not be asynchronous.
	 */
	static Result ofExceptionHandler(Method method, Class<?> beanClass) {
		Result result = of(method, beanClass);
		if (result.isLater()) {
			throw new InvalidHandlerMethodException(method, "handles exceptions, but returns an asynchronous result",
					"Return the reply itself.");
		}
		return result;
	}

	private static ResolvableType type(Method method, Class<?> beanClass) {
		return HandlerParameter.resolve(ResolvableType.forMethodReturnType(method, beanClass), beanClass);
	}

	private static ResolvableType withoutOptional(ResolvableType type) {
		ResolvableType content = Optionals.content(type);
		return (content != null) ? content : type;
	}

	/**
	 * True if it is declared to come later.
	 */
	boolean isLater() {
		return this.isStage || this.adapter != null;
	}

	boolean isNothing() {
		return this.type.toClass() == void.class || this.type.toClass() == Void.class;
	}

	/**
	 * Return the stage to wait for, if the result is asynchronous.
	 * @param returned what was returned
	 * @return the stage, or {@code null} if the returned value is the reply
	 */
	@Nullable CompletionStage<?> later(Object returned) {
		if (!this.mayComeLater) {
			return null;
		}
		if (returned instanceof CompletionStage<?> stage) {
			return stage;
		}
		return (this.adapter != null) ? ReactiveStages.of(this.adapter, returned) : null;
	}

}
