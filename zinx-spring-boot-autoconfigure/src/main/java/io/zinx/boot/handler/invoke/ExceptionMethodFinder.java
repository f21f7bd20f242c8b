package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.message.Message;

import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * Finds the methods of a bean that handle exceptions. Used at startup.
 */
final class ExceptionMethodFinder {

	private final Payloads payloads;

	ExceptionMethodFinder(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Find the methods.
	 * @param bean the bean, possibly a proxy
	 * @param beanClass its class
	 * @return the methods by the exceptions that they handle
	 * @throws InvalidHandlerMethodException if one cannot be called as it is declared
	 */
	Map<Class<?>, ExceptionMethod> find(Object bean, Class<?> beanClass) {
		Map<Class<?>, ExceptionMethod> found = new HashMap<>();
		annotated(beanClass).forEach((method, annotation) -> {
			List<Class<? extends Throwable>> exceptions = exceptions(method, beanClass, annotation);
			ExceptionMethod handler = handler(bean, beanClass, method, exceptions, annotation.reply());
			for (Class<?> exception : exceptions) {
				if (found.putIfAbsent(exception, handler) != null) {
					throw new InvalidHandlerMethodException(method,
							"handles " + exception.getName() + ", and so does another method of its bean",
							"Remove one of the two methods.");
				}
			}
		});
		return found;
	}

	/**
	 * Check the declarations of the methods of a class, without a bean.
	 * @param beanClass the class
	 * @throws InvalidHandlerMethodException if one cannot be called as it is declared
	 */
	static void check(Class<?> beanClass) {
		annotated(beanClass).forEach((method, annotation) -> {
			List<Class<? extends Throwable>> exceptions = exceptions(method, beanClass, annotation);
			Result result = Result.ofExceptionHandler(method, beanClass);
			ArgumentResolvers.ofExceptionHandler(method, beanClass, exceptions);
			requireReply(method, result, annotation.reply());
		});
	}

	private static Map<Method, ZinxExceptionHandler> annotated(Class<?> beanClass) {
		return MethodIntrospector.selectMethods(beanClass,
				(MethodIntrospector.MetadataLookup<ZinxExceptionHandler>) (method) -> AnnotatedElementUtils
					.findMergedAnnotation(method, ZinxExceptionHandler.class));
	}

	private static List<Class<? extends Throwable>> exceptions(Method method, Class<?> beanClass,
			ZinxExceptionHandler annotation) {
		if (annotation.value().length > 0) {
			return List.of(annotation.value());
		}
		for (HandlerParameter parameter : ArgumentResolvers.parameters(method, beanClass)) {
			if (Throwable.class.isAssignableFrom(parameter.typeClass())) {
				return List.of(parameter.typeClass().asSubclass(Throwable.class));
			}
		}
		throw new InvalidHandlerMethodException(method,
				"is annotated with @ZinxExceptionHandler, but names no exception",
				"Add an exception class to the annotation, or an exception as a parameter to the method.");
	}

	private ExceptionMethod handler(Object bean, Class<?> beanClass, Method method,
			List<Class<? extends Throwable>> exceptions, long reply) {
		Result result = Result.ofExceptionHandler(method, beanClass);
		List<Argument> arguments = ArgumentResolvers.ofExceptionHandler(method, beanClass, exceptions);
		MethodValidation validation = this.payloads.validations().ofMethod(bean, method, arguments, result);
		return new ExceptionMethod(ClassUtils.getQualifiedMethodName(method),
				HandlerMethodInvoker.of(bean, method, arguments, validation),
				reply(method, result, reply, this.payloads));
	}

	static Reply reply(Method method, Result result, long msgId, Payloads payloads) {
		requireReply(method, result, msgId);
		return new Reply(msgId, payloads.writer(method, result.type()), payloads.charset(), payloads.delivery());
	}

	/**
	 * Require that a method with the number of a reply returns something to send.
	 */
	static void requireReply(Method method, Result result, long msgId) {
		if (msgId != Reply.SAME && !Message.isMsgId(msgId)) {
			throw new InvalidHandlerMethodException(method,
					"replies with message " + msgId + ", which is not a message number",
					"Set reply to a number from 0 to " + Message.MAX_MSG_ID + ".");
		}
		if (msgId != Reply.SAME && result.isNothing()) {
			throw new InvalidHandlerMethodException(method, "replies with message " + msgId + ", but returns nothing",
					"Return the reply, or remove reply = " + msgId + ".");
		}
	}

}
