package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.Payload;
import org.jspecify.annotations.Nullable;

import org.springframework.core.GenericTypeResolver;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * One parameter of a handler method.
 *
 * @param source the parameter as declared
 * @param type its type; that of the content for an {@code Optional}
 * @param optional {@code Optional} or the like; {@code null} if it is none
 */
record HandlerParameter(MethodParameter source, ResolvableType type, @Nullable Class<?> optional) {

	static HandlerParameter of(MethodParameter source, Class<?> beanClass) {
		MethodParameter inBean = source.withContainingClass(beanClass);
		ResolvableType type = resolve(ResolvableType.forMethodParameter(inBean), beanClass);
		ResolvableType content = Optionals.content(type);
		return new HandlerParameter(inBean, (content != null) ? content : type,
				(content != null) ? type.toClass() : null);
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
		return this.optional != null || this.source.isOptional();
	}

	/**
	 * Convert a value to the argument to pass.
	 * @param value the value, or {@code null} if there is none
	 */
	@Nullable Object wrap(@Nullable Object value) {
		return (this.optional != null) ? Optionals.wrap(this.optional, value) : value;
	}

	/**
	 * Tell whether it is annotated as the payload.
	 */
	boolean isMarked() {
		return this.source.hasParameterAnnotation(Payload.class);
	}

	Class<?> typeClass() {
		return this.type.toClass();
	}

	/**
	 * The name, if it means something.
	 * @return the name in the source
	 * @throws InvalidHandlerMethodException if the class file does not contain it
	 */
	String requiredName() {
		String name = this.source.getParameterName();
		if (name == null) {
			throw invalid("is annotated without a name, and the class file does not contain the parameter's own",
					"Compile with the flag -parameters: Spring Boot's parent POM and Gradle plugin set it, without them "
							+ "set <parameters>true</parameters> for maven-compiler-plugin, or options.compilerArgs in "
							+ "Gradle, and the same in the compiler settings of the IDE. Or name it, for example "
							+ "@ConnProperty(\"level\").");
		}
		return name;
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
