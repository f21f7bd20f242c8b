package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.payload.PlainPayload;
import io.zinx.boot.payload.TextCharset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.BeanUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import org.springframework.validation.method.MethodValidator;

/**
 * Decides which payloads, arguments and results are validated, by the annotations of a
 * method. A payload that is an object is validated as such; constraints on parameters, on
 * elements of containers and on results need the validation of the method. Used at
 * startup.
 *
 * @param validator the application's validator of objects, or {@code null} if there is
 * none
 * @param methods the application's validator of methods, or {@code null} if there is none
 */
record Validations(@Nullable Validator validator, @Nullable MethodValidator methods) {

	private static final Logger logger = LoggerFactory.getLogger(Validations.class);

	private static final String ADVICE = "Add the dependency org.springframework.boot:spring-boot-starter-validation, "
			+ "or a bean of type " + Validator.class.getName()
			+ ", make one of several beans @Primary, or remove the annotation.";

	/**
	 * The validation of a parameter that is the payload.
	 * @param parameter the parameter
	 * @return the validation; {@code null} if it needs none, or that of the method
	 */
	@Nullable PayloadValidation ofPayload(HandlerParameter parameter) {
		Object[] hints = hints(parameter);
		if (hints == null) {
			return null;
		}
		if (this.methods != null && isContainer(parameter.typeClass())) {
			requireReached(parameter);
			return null;
		}
		Validator validator = this.validator;
		if (validator == null || !validator.supports(parameter.typeClass())) {
			throw parameter.invalid("must be validated, but there is no validator for its type", ADVICE);
		}
		if (this.methods != null && hasNoProperties(parameter.typeClass())) {
			logger.warn(
					"Parameter '{}' of {} is annotated with @Valid, which has no effect on a {}: annotate it with "
							+ "constraints, for example @NotBlank",
					parameter.name(), parameter.method(), parameter.type());
			return null;
		}
		return new PayloadValidation(validator, hints, parameter.name());
	}

	private static Object @Nullable [] hints(HandlerParameter parameter) {
		@Nullable Object[] own = Arrays.stream(parameter.source().getParameterAnnotations())
			.map(ValidationAnnotationUtils::determineValidationHints)
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
		return (own == null || own.length > 0) ? own
				: groups(parameter.method(), parameter.source().getContainingClass());
	}

	private static boolean isContainer(Class<?> type) {
		return Iterable.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)
				|| (type.isArray() && !type.getComponentType().isPrimitive());
	}

	private static boolean hasNoProperties(Class<?> type) {
		return BeanUtils.isSimpleValueType(type) || type.isArray()
				|| PlainPayload.reader(type, TextCharset.UTF_8) != null;
	}

	private static void requireReached(HandlerParameter parameter) {
		if (!Constraints.isCascaded(parameter)) {
			throw parameter.invalid("must be validated, but not by @Valid, so that its elements are not reached",
					"Annotate the parameter with @Valid; groups belong on the method: @Validated(Group.class).");
		}
		if (parameter.optional() != null) {
			throw parameter.invalid("is annotated with @Valid, which does not reach the elements within an Optional",
					"Annotate the elements, for example Optional<List<@Valid Item>>.");
		}
	}

	/**
	 * The validation of a method's arguments and result.
	 * @param bean its bean, possibly a proxy
	 * @param method the method
	 * @param arguments one for each parameter
	 * @param result its result
	 * @return the validation, or {@code null} if it needs none
	 * @throws InvalidHandlerMethodException if it cannot be validated as annotated
	 */
	@Nullable MethodValidation ofMethod(Object bean, Method method, List<Argument> arguments, Result result) {
		Class<?> beanClass = AopProxyUtils.ultimateTargetClass(bean);
		Constraints constraints = Constraints.of(method, beanClass);
		List<HandlerParameter> parameters = ArgumentResolvers.parameters(method, beanClass);
		boolean ofArguments = constraints.isConstrained();
		for (int i = 0; i < arguments.size(); i++) {
			boolean isPayload = arguments.get(i) instanceof PayloadArgument;
			ofArguments |= needsMethod(constraints, parameters.get(i), isPayload);
		}
		boolean inside = constraints.isInsideOfResult();
		boolean ofResult = constraints.isConstrained() || constraints.isCascaded() || inside;
		if (!ofArguments && !ofResult) {
			return null;
		}
		if (constraints.isCascaded() || inside) {
			requireThere(method, result);
		}
		MethodValidator validator = requireValidator(method);
		Object target = AopProxyUtils.getSingletonTarget(bean);
		MethodValidation.Subject subject = new MethodValidation.Subject((target != null) ? target : bean, method,
				groups(method, beanClass));
		return new MethodValidation(validator, subject, MethodValidation.Parameters.of(parameters, arguments),
				ofArguments, ofResult)
			.tried();
	}

	private static boolean needsMethod(Constraints constraints, HandlerParameter parameter, boolean isPayload) {
		boolean objectOnly = isPayload && !isContainer(parameter.typeClass());
		return Constraints.isConstrained(parameter) || constraints.isInside(parameter)
				|| (Constraints.isCascaded(parameter) && !objectOnly);
	}

	private static void requireThere(Method method, Result result) {
		if (result.isLater() || result.type().toClass() == Outgoing.class) {
			throw new InvalidHandlerMethodException(method,
					"has a result that must be validated, but "
							+ (result.isLater() ? "it comes later" : "it is an Outgoing"),
					"Validate it before: where the stage completes, or where the Outgoing is created.");
		}
	}

	private MethodValidator requireValidator(Method method) {
		MethodValidator validator = this.methods;
		if (validator == null) {
			throw new InvalidHandlerMethodException(method, "must be validated, but there is no validator", ADVICE);
		}
		if (Modifier.isStatic(method.getModifiers())) {
			throw new InvalidHandlerMethodException(method,
					"has constraints, but is static, and static methods are never validated", "Remove 'static'.");
		}
		return validator;
	}

	/**
	 * The groups of the annotation on a method, or on its class.
	 */
	private static Class<?>[] groups(Method method, Class<?> beanClass) {
		Validated annotation = AnnotationUtils.findAnnotation(method, Validated.class);
		if (annotation == null) {
			annotation = AnnotationUtils.findAnnotation(beanClass, Validated.class);
		}
		return (annotation != null) ? annotation.value() : new Class<?>[0];
	}

}
