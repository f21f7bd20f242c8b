package io.zinx.boot.handler.invoke;

import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NativeDetector;

/**
 * Calls methods of up to two parameters through a lambda that is created at startup, as
 * the compiler does for a method reference. A method handle that is not a constant costs
 * about 25 ns more, a quarter of the total cost of a small message.
 */
final class CompiledMethod {

	private final MethodHandles.Lookup lookup;

	private final MethodHandle method;

	private final @Nullable Object bean;

	/** The type of the method without the bean. */
	private final MethodType type;

	private CompiledMethod(MethodHandles.Lookup lookup, MethodHandle method, @Nullable Object bean) {
		this.lookup = lookup;
		this.method = method;
		this.bean = bean;
		this.type = (bean != null) ? method.type().dropParameterTypes(0, 1) : method.type();
	}

	/**
	 * Create an invoker of a method.
	 * @param bean the bean
	 * @param method the method
	 * @param arguments one for each parameter
	 * @return the invoker, or {@code null} if the method cannot be called this way
	 */
	static @Nullable HandlerMethodInvoker of(Object bean, Method method, List<Argument> arguments) {
		if (arguments.size() > 2 || NativeDetector.inNativeImage()) {
			return null;
		}
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(),
					MethodHandles.lookup());
			boolean isStatic = Modifier.isStatic(method.getModifiers());
			return new CompiledMethod(lookup, lookup.unreflect(method), isStatic ? null : bean).bind(arguments);
		}
		catch (Throwable ex) {
			return null;
		}
	}

	private HandlerMethodInvoker bind(List<Argument> arguments) throws Throwable {
		boolean isVoid = this.type.returnType() == void.class;
		return switch (arguments.size()) {
			case 0 -> isVoid ? runnable() : supplier();
			case 1 -> isVoid ? consumer(arguments.get(0)) : function(arguments.get(0));
			default ->
				isVoid ? consumer(arguments.get(0), arguments.get(1)) : function(arguments.get(0), arguments.get(1));
		};
	}

	private HandlerMethodInvoker runnable() throws Throwable {
		Runnable lambda = (Runnable) lambda(Runnable.class, "run");
		return (request, thrown) -> {
			lambda.run();
			return null;
		};
	}

	@SuppressWarnings("unchecked")
	private HandlerMethodInvoker supplier() throws Throwable {
		Supplier<Object> lambda = (Supplier<Object>) lambda(Supplier.class, "get");
		return (request, thrown) -> lambda.get();
	}

	@SuppressWarnings("unchecked")
	private HandlerMethodInvoker consumer(Argument only) throws Throwable {
		Consumer<@Nullable Object> lambda = (Consumer<@Nullable Object>) lambda(Consumer.class, "accept");
		return (request, thrown) -> {
			lambda.accept(only.resolve(request, thrown));
			return null;
		};
	}

	@SuppressWarnings("unchecked")
	private HandlerMethodInvoker function(Argument only) throws Throwable {
		Function<@Nullable Object, Object> lambda = (Function<@Nullable Object, Object>) lambda(Function.class,
				"apply");
		return (request, thrown) -> lambda.apply(only.resolve(request, thrown));
	}

	@SuppressWarnings("unchecked")
	private HandlerMethodInvoker consumer(Argument first, Argument second) throws Throwable {
		BiConsumer<@Nullable Object, @Nullable Object> lambda = (BiConsumer<@Nullable Object, @Nullable Object>) lambda(
				BiConsumer.class, "accept");
		return (request, thrown) -> {
			lambda.accept(first.resolve(request, thrown), second.resolve(request, thrown));
			return null;
		};
	}

	@SuppressWarnings("unchecked")
	private HandlerMethodInvoker function(Argument first, Argument second) throws Throwable {
		BiFunction<@Nullable Object, @Nullable Object, Object> lambda = (BiFunction<@Nullable Object, @Nullable Object, Object>) lambda(
				BiFunction.class, "apply");
		return (request, thrown) -> lambda.apply(first.resolve(request, thrown), second.resolve(request, thrown));
	}

	private Object lambda(Class<?> functionType, String name) throws Throwable {
		MethodType wrapped = this.type.wrap();
		boolean isVoid = this.type.returnType() == void.class;
		MethodType erased = isVoid ? wrapped.generic().changeReturnType(void.class) : wrapped.generic();
		MethodType precise = isVoid ? wrapped.changeReturnType(void.class) : wrapped;
		MethodType factory = MethodType.methodType(functionType);
		if (this.bean == null) {
			return LambdaMetafactory.metafactory(this.lookup, name, factory, erased, this.method, precise)
				.getTarget()
				.invoke();
		}
		return LambdaMetafactory
			.metafactory(this.lookup, name, factory.appendParameterTypes(this.method.type().parameterType(0)), erased,
					this.method, precise)
			.getTarget()
			.invoke(this.bean);
	}

}
