package io.zinx.boot.handler;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.routing.Request;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

/**
 * Registers the runtime hints of annotated methods for ahead-of-time processing: for
 * their calls by reflection, and for reading and writing their payloads and results. Used
 * at build time.
 */
public final class HandlerMethodReflectiveProcessor implements ReflectiveProcessor {

	private static final Set<String> FRAMEWORK = Set.of(HandlerMethodReflectiveProcessor.class.getPackageName(),
			Connection.class.getPackageName(), Request.class.getPackageName(), Message.class.getPackageName());

	private final BindingReflectionHintsRegistrar bindings = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Class<?> type) {
			hints.registerType(type);
		}
		else if (element instanceof Method method) {
			registerMethod(hints, method);
		}
	}

	private void registerMethod(ReflectionHints hints, Method method) {
		hints.registerMethod(method, ExecutableMode.INVOKE);
		for (int i = 0; i < method.getParameterCount(); i++) {
			registerValue(hints, ResolvableType.forMethodParameter(new MethodParameter(method, i)));
		}
		registerValue(hints, ResolvableType.forMethodReturnType(method));
	}

	private void registerValue(ReflectionHints hints, ResolvableType type) {
		for (ResolvableType generic : type.getGenerics()) {
			registerValue(hints, generic);
		}
		if (isValue(type.toClass())) {
			Type value = type.getType();
			this.bindings.registerReflectionHints(hints, value);
		}
	}

	/**
	 * Tell whether a type may be a payload, and not something that the framework
	 * provides.
	 */
	private static boolean isValue(Class<?> type) {
		return !type.isPrimitive() && !type.getName().startsWith("java.") && !type.getName().startsWith("reactor.")
				&& !Throwable.class.isAssignableFrom(type) && !ByteBuf.class.isAssignableFrom(type)
				&& !FRAMEWORK.contains(type.getPackageName());
	}

}
