package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.util.Optional;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * One parameter of a handler method.
 *
 * @param source the parameter as declared
 * @param type its type; that of the content for an {@code Optional}
 * @param isOptional whether it is an {@code Optional}
 */
record HandlerParameter(MethodParameter source, ResolvableType type, boolean isOptional) {

	static HandlerParameter of(MethodParameter source, Class<?> beanClass) {
		MethodParameter inBean = source.withContainingClass(beanClass);
		ResolvableType type = resolve(ResolvableType.forMethodParameter(inBean), beanClass);
		boolean isOptional = type.toClass() == Optional.class;
		return new HandlerParameter(inBean, isOptional ? content(type) : type, isOptional);
	}

	/**
	 * Resolve type variables against the class of a bean.
	 */
	static ResolvableType resolve(ResolvableType type, Class<?> beanClass) {
		return ResolvableType.forType(GenericTypeResolver.resolveType(type.getType(), beanClass));
	}

	/**
	 * The type in an {@code Optional}, a stage or another type with one parameter.
	 * @param type the type
	 * @return its parameter; {@code Object} if it is raw
	 */
	static ResolvableType content(ResolvableType type) {
		return type.hasGenerics() ? type.getGeneric(0) : ResolvableType.forClass(Object.class);
	}

	/**
	 * Tell whether the value may be absent.
	 */
	boolean mayBeAbsent() {
		return this.source.isOptional();
	}

	/**
	 * Convert a value to the argument to pass.
	 * @param value the value, or {@code null} if there is none
	 */
	@Nullable Object wrap(@Nullable Object value) {
		return this.isOptional ? Optional.ofNullable(value) : value;
	}

	Class<?> typeClass() {
		return this.type.toClass();
	}

	String name() {
		String name = this.source.getParameterName();
		return (name != null) ? name : "#" + (this.source.getParameterIndex() + 1);
	}

	Method method() {
		Method method = this.source.getMethod();
		if (method == null) {
			throw new IllegalStateException(this.source + " does not belong to a method");
		}
		return method;
	}

	/**
	 * Create an exception for this parameter.
	 * @param problem what is wrong with it
	 * @param action the remedy
	 */
	InvalidHandlerMethodException invalid(String problem, String action) {
		return new InvalidHandlerMethodException(method(), "has a parameter '" + name() + "' of type "
				+ ResolvableType.forMethodParameter(this.source) + " that " + problem, action);
	}

}
