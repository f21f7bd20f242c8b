package io.zinx.boot.handler;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a bean, ready to be called. Nothing is looked up when it is. Any thread.
 */
final class BoundMethod {

	private static final MethodType TYPE = MethodType.methodType(Object.class, Object[].class);

	/** From the arguments to the result. */
	private final MethodHandle handle;

	private final Argument[] arguments;

	/**
	 * Prepare to call a method.
	 * @param bean the bean, possibly a proxy
	 * @param method the method as the bean's class declares it
	 * @param arguments one for each parameter
	 * @throws InvalidHandlerMethodException if it cannot be called on this bean
	 */
	BoundMethod(Object bean, Method method, List<Argument> arguments) {
		this.handle = handle(bean, method);
		this.arguments = arguments.toArray(Argument[]::new);
	}

	private static MethodHandle handle(Object bean, Method method) {
		Method invocable = invocable(bean, method);
		try {
			ReflectionUtils.makeAccessible(invocable);
			MethodHandle handle = MethodHandles.lookup().unreflect(invocable).asFixedArity();
			MethodHandle bound = Modifier.isStatic(invocable.getModifiers()) ? handle : handle.bindTo(bean);
			return bound.asSpreader(Object[].class, invocable.getParameterCount()).asType(TYPE);
		}
		catch (IllegalAccessException | RuntimeException ex) {
			throw new InvalidHandlerMethodException(method, "is not accessible: " + ex.getMessage(),
					"Open its package to io.zinx.boot.autoconfigure, or make class and method public.", ex);
		}
	}

	private static Method invocable(Object bean, Method method) {
		if (Modifier.isStatic(method.getModifiers())) {
			return method;
		}
		if (AopUtils.isCglibProxy(bean) && Modifier.isFinal(method.getModifiers())) {
			throw new InvalidHandlerMethodException(method,
					"is final, and the proxy of its bean cannot pass the call on", "Remove 'final'.");
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
	 * Call the method.
	 * @param request the message
	 * @param thrown what a handler method threw, for its exception handler
	 * @return its result; {@code null} also if it returns nothing
	 * @throws Throwable what it threw, as it threw it
	 */
	@Nullable Object call(Request request, @Nullable Throwable thrown) throws Throwable {
		Argument[] arguments = this.arguments;
		@Nullable Object[] values = new Object[arguments.length];
		for (int i = 0; i < values.length; i++) {
			values[i] = arguments[i].resolve(request, thrown);
		}
		return (Object) this.handle.invokeExact(values);
	}

}
