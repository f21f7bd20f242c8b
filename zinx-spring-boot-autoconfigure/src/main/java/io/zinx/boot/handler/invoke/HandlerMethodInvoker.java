package io.zinx.boot.handler.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, ready to be called without further lookups. Any thread.
 */
@FunctionalInterface
interface HandlerMethodInvoker {

	/**
	 * Call the method.
	 * @param request the message
	 * @param thrown what a handler method threw, for its exception handler
	 * @return its result; {@code null} also if it returns nothing
	 * @throws Throwable what it threw, as it threw it
	 */
	@Nullable Object invoke(Request request, @Nullable Throwable thrown) throws Throwable;

	/**
	 * Create an invoker of a method.
	 * @param bean the bean, possibly a proxy
	 * @param method the method as the bean's class declares it
	 * @param arguments one for each parameter
	 * @param validation validates the arguments and the result, or {@code null} if they
	 * have no constraints
	 * @return the invoker
	 * @throws InvalidHandlerMethodException if it cannot be called on this bean
	 */
	static HandlerMethodInvoker of(Object bean, Method method, List<Argument> arguments,
			@Nullable MethodValidation validation) {
		Method invocable = invocable(bean, method);
		if (validation != null) {
			return validated(handle(bean, invocable), arguments.toArray(Argument[]::new), validation);
		}
		HandlerMethodInvoker compiled = CompiledMethod.of(bean, invocable, arguments);
		if (compiled != null) {
			return compiled;
		}
		Argument[] all = arguments.toArray(Argument[]::new);
		MethodHandle handle = handle(bean, invocable);
		return (request, thrown) -> (Object) handle.invokeExact(resolve(all, request, thrown));
	}

	private static HandlerMethodInvoker validated(MethodHandle handle, Argument[] arguments,
			MethodValidation validation) {
		return (request, thrown) -> {
			@Nullable Object[] values = resolve(arguments, request, thrown);
			validation.checkArguments(request, values);
			return validation.checkResult((Object) handle.invokeExact(values));
		};
	}

	private static @Nullable Object[] resolve(Argument[] arguments, Request request, @Nullable Throwable thrown) {
		@Nullable Object[] values = new Object[arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = arguments[i].resolve(request, thrown);
		}
		return values;
	}

	private static Method invocable(Object bean, Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			return method;
		}
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
			throw new InvalidHandlerMethodException(method,
					"is final, so that the proxy of its bean cannot forward the call", "Remove 'final'.");
		}
		try {
			return AopUtils.selectInvocableMethod(method, bean.getClass());
		}
		catch (IllegalStateException ex) {
			throw new InvalidHandlerMethodException(method, "cannot be called on the proxy of its bean",
					"" + ex.getMessage(), ex);
		}
	}

	/**
	 * Return a handle that takes the arguments and returns the result.
	 */
	private static MethodHandle handle(Object bean, Method method) {
		try {
			ReflectionUtils.makeAccessible(method);
			MethodHandle handle = MethodHandles.lookup().unreflect(method).asFixedArity();
			MethodHandle bound = Modifier.isStatic(method.getModifiers()) ? handle : handle.bindTo(bean);
			return bound.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object[].class));
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new InvalidHandlerMethodException(method, "is not accessible: " + ex.getMessage(),
					"Open its package to io.zinx.boot.autoconfigure, or make class and method public.", ex);
		}
	}

}
