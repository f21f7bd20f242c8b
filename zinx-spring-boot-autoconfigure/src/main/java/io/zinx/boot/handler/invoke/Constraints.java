package io.zinx.boot.handler.invoke;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.util.ClassUtils;

/**
 * The annotations of Bean Validation on a method, those that it inherits included. They
 * are known by name, because they need not be on the class path. Used at startup.
 *
 * @param method the method
 * @param declarations the method as its class and the types above it declare it
 */
record Constraints(Method method, List<Method> declarations) {

	private static final String CONSTRAINT = "jakarta.validation.Constraint";

	private static final String CASCADE = "jakarta.validation.Valid";

	static Constraints of(Method method, Class<?> beanClass) {
		Set<Class<?>> types = new LinkedHashSet<>();
		for (Class<?> type = beanClass; type != null; type = type.getSuperclass()) {
			types.add(type);
		}
		types.addAll(ClassUtils.getAllInterfacesForClassAsSet(beanClass));
		List<Method> declarations = new ArrayList<>();
		for (Class<?> type : types) {
			Arrays.stream(type.getDeclaredMethods())
				.filter((each) -> !each.isBridge() && isSame(each, method))
				.forEach(declarations::add);
		}
		return new Constraints(method, declarations);
	}

	private static boolean isSame(Method first, Method second) {
		return first.getName().equals(second.getName())
				&& Arrays.equals(first.getParameterTypes(), second.getParameterTypes());
	}

	/**
	 * Tell whether something is annotated with a constraint such as {@code @NotBlank}.
	 */
	static boolean isConstrained(HandlerParameter parameter) {
		return isPresent(parameter.source().getParameterAnnotations(), CONSTRAINT);
	}

	/**
	 * Tell whether a parameter is annotated with {@code @Valid}.
	 */
	static boolean isCascaded(HandlerParameter parameter) {
		return isPresent(parameter.source().getParameterAnnotations(), CASCADE);
	}

	/**
	 * Tell whether the method itself is annotated with a constraint, for its result or
	 * for several parameters.
	 */
	boolean isConstrained() {
		return isPresent(CONSTRAINT);
	}

	/**
	 * Tell whether the method, which means its result, is annotated with {@code @Valid}.
	 */
	boolean isCascaded() {
		return isPresent(CASCADE);
	}

	private boolean isPresent(String annotation) {
		return this.declarations.stream().anyMatch((each) -> isPresent(each, annotation));
	}

	/**
	 * Tell whether the elements of a parameter are annotated, as in
	 * {@code List<@NotBlank String>}.
	 */
	boolean isInside(HandlerParameter parameter) {
		int index = parameter.source().getParameterIndex();
		return isInside((each) -> each.getAnnotatedParameterTypes()[index]);
	}

	/**
	 * Tell whether the elements of the result are annotated.
	 */
	boolean isInsideOfResult() {
		return isInside(Method::getAnnotatedReturnType);
	}

	private boolean isInside(Function<Method, AnnotatedType> type) {
		return this.declarations.stream().map(type).anyMatch(Constraints::isInside);
	}

	private static boolean isInside(AnnotatedType type) {
		AnnotatedType[] elements = {};
		if (type instanceof AnnotatedParameterizedType generic) {
			elements = generic.getAnnotatedActualTypeArguments();
		}
		else if (type instanceof AnnotatedArrayType array) {
			elements = new AnnotatedType[] { array.getAnnotatedGenericComponentType() };
		}
		for (AnnotatedType element : elements) {
			if (isPresent(element.getAnnotations(), CONSTRAINT) || isPresent(element.getAnnotations(), CASCADE)
					|| isInside(element)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isPresent(AnnotatedElement element, String annotation) {
		return isPresent(element.getAnnotations(), annotation);
	}

	private static boolean isPresent(Annotation[] annotations, String annotation) {
		return MergedAnnotations.from(annotations).isPresent(annotation);
	}

}
