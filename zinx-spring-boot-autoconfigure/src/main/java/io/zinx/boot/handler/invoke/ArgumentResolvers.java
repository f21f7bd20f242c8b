package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.zinx.authentication.Authentication;
import io.zinx.boot.handler.ConnKey;
import io.zinx.boot.handler.ConnPrincipal;
import io.zinx.boot.handler.ConnProperty;
import io.zinx.boot.handler.HandlerArgumentException;
import io.zinx.boot.handler.MsgId;
import io.zinx.boot.ssl.TlsPeer;
import io.zinx.connection.Connection;
import io.zinx.routing.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.util.ClassUtils;

/**
 * Resolves the parameters of handler methods to arguments. Used at startup.
 */
final class ArgumentResolvers {

	private static final String ALLOWED = "Allowed parameters: one payload, or several annotated with @Payload; "
			+ "Connection, Request, Principal, @MsgId, @ConnProperty, @ConnKey String or Set<String>; and an "
			+ "Optional of those that may be absent.";

	private static final String ALLOWED_FOR_EXCEPTIONS = "Allowed parameters: the exception; Connection, Request, "
			+ "Principal, @MsgId, @ConnProperty, @ConnKey String or Set<String>; and an Optional of those that may "
			+ "be absent.";

	private static final ParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

	private ArgumentResolvers() {
	}

	/**
	 * The arguments of a handler method.
	 * @param method the method
	 * @param beanClass the class of its bean
	 * @param payloads creates the arguments that are payloads
	 * @return one for each parameter
	 */
	static List<Argument> of(Method method, Class<?> beanClass, Function<HandlerParameter, Argument> payloads) {
		List<Argument> arguments = new ArrayList<>();
		List<HandlerParameter> unmarked = new ArrayList<>();
		for (HandlerParameter parameter : parameters(method, beanClass)) {
			Argument argument = special(parameter, ALLOWED);
			boolean marked = parameter.isMarked();
			if (argument == null && !marked) {
				unmarked.add(parameter);
			}
			if (argument != null && marked) {
				throw parameter.invalid("is annotated with @Payload, but also has another meaning", ALLOWED);
			}
			arguments.add((argument != null) ? argument : payloads.apply(parameter));
		}
		if (unmarked.size() > 1) {
			throw unmarked.get(1)
				.invalid("could be the payload, and so could '" + unmarked.get(0).name() + "'",
						"Annotate the payload with @Payload. " + ALLOWED);
		}
		return arguments;
	}

	/**
	 * The arguments of a method that handles exceptions.
	 * @param method the method
	 * @param beanClass the class of its bean
	 * @param exceptions what it handles
	 * @return one for each parameter
	 */
	static List<Argument> ofExceptionHandler(Method method, Class<?> beanClass,
			List<Class<? extends Throwable>> exceptions) {
		List<Argument> arguments = new ArrayList<>();
		for (HandlerParameter parameter : parameters(method, beanClass)) {
			Argument argument = special(parameter, ALLOWED_FOR_EXCEPTIONS);
			if (argument == null) {
				if (!exceptions.stream().allMatch(parameter.typeClass()::isAssignableFrom)) {
					throw parameter.invalid(
							"is not allowed, and does not accept all exceptions that the method handles",
							ALLOWED_FOR_EXCEPTIONS);
				}
				argument = (request, thrown) -> thrown;
			}
			arguments.add(argument);
		}
		return arguments;
	}

	static List<HandlerParameter> parameters(Method method, Class<?> beanClass) {
		List<HandlerParameter> parameters = new ArrayList<>();
		for (MethodParameter source : new AnnotatedMethod(method).getMethodParameters()) {
			source.initParameterNameDiscovery(names);
			parameters.add(HandlerParameter.of(source, beanClass));
		}
		return parameters;
	}

	private static @Nullable Argument special(HandlerParameter parameter, String allowed) {
		Class<?> type = parameter.typeClass();
		if (type == Connection.class) {
			return always(parameter, Request::connection);
		}
		if (type == Request.class) {
			return always(parameter, (request) -> request);
		}
		if (parameter.source().hasParameterAnnotation(MsgId.class)) {
			return msgId(parameter, allowed);
		}
		if (parameter.source().hasParameterAnnotation(ConnKey.class)) {
			return key(parameter, allowed);
		}
		ConnProperty property = parameter.source().getParameterAnnotation(ConnProperty.class);
		if (property != null) {
			return property(parameter, property);
		}
		boolean principal = Principal.class.isAssignableFrom(type) && !parameter.isMarked();
		return principal ? principal(parameter) : null;
	}

	private static Argument always(HandlerParameter parameter, Function<Request, Object> value) {
		return (request, thrown) -> parameter.wrap(value.apply(request));
	}

	/**
	 * The number of the message. An {@code int} is enough for most of them.
	 */
	private static Argument msgId(HandlerParameter parameter, String allowed) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(parameter.typeClass());
		if (type == Long.class) {
			return always(parameter, Request::msgId);
		}
		if (type != Integer.class) {
			throw parameter.invalid("is annotated with @MsgId, but is not a long or an int", allowed);
		}
		return (request, thrown) -> {
			if (request.msgId() > Integer.MAX_VALUE) {
				throw new HandlerArgumentException(parameter.name(),
						"Message number " + request.msgId() + " is too large for an int: declare it as long");
			}
			return parameter.wrap((int) request.msgId());
		};
	}

	private static Argument key(HandlerParameter parameter, String allowed) {
		if (parameter.typeClass() == Set.class) {
			return always(parameter, (request) -> request.connection().keys());
		}
		if (parameter.typeClass() != String.class) {
			throw parameter.invalid("is annotated with @ConnKey, but is not a String or Set<String>", allowed);
		}
		return (request, thrown) -> present(parameter, onlyKey(parameter, request), request, "key");
	}

	private static @Nullable String onlyKey(HandlerParameter parameter, Request request) {
		Set<String> keys = request.connection().keys();
		if (keys.size() > 1) {
			throw new HandlerArgumentException(parameter.name(),
					"Connection " + request.connection().connId() + " has several keys");
		}
		return keys.isEmpty() ? null : keys.iterator().next();
	}

	private static Argument principal(HandlerParameter parameter) {
		boolean mayBeKey = parameter.typeClass().isAssignableFrom(ConnPrincipal.class);
		return (request, thrown) -> {
			Object principal = request.connection().property(ConnPrincipal.PROPERTY);
			if (principal == null) {
				principal = authenticated(parameter, request);
			}
			if (principal == null && mayBeKey) {
				String key = onlyKey(parameter, request);
				principal = (key != null) ? new ConnPrincipal(key) : null;
			}
			if (principal == null) {
				Principal peer = TlsPeer.of(request.connection());
				principal = parameter.typeClass().isInstance(peer) ? peer : null;
			}
			requireInstance(parameter, parameter.typeClass(), principal, request, ConnPrincipal.PROPERTY);
			return present(parameter, principal, request, "property '" + ConnPrincipal.PROPERTY + "' and no key");
		};
	}

	private static @Nullable Principal authenticated(HandlerParameter parameter, Request request) {
		Authentication authentication = request.connection().authentication();
		Principal principal = (authentication != null) ? authentication.principal() : null;
		return parameter.typeClass().isInstance(principal) ? principal : null;
	}

	private static Argument property(HandlerParameter parameter, ConnProperty annotation) {
		String name = annotation.value().isEmpty() ? parameter.requiredName() : annotation.value();
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(parameter.typeClass());
		return (request, thrown) -> {
			Object value = request.connection().property(name);
			requireInstance(parameter, type, value, request, name);
			return present(parameter, value, request, "property '" + name + "'");
		};
	}

	private static void requireInstance(HandlerParameter parameter, Class<?> type, @Nullable Object value,
			Request request, String property) {
		if (value != null && !type.isInstance(value)) {
			throw new HandlerArgumentException(parameter.name(),
					"Property '" + property + "' of connection " + request.connection().connId() + " is not of type "
							+ type.getName() + ", but of " + value.getClass());
		}
	}

	private static @Nullable Object present(HandlerParameter parameter, @Nullable Object value, Request request,
			String what) {
		if (value == null && !parameter.mayBeAbsent()) {
			throw new HandlerArgumentException(parameter.name(),
					"Connection " + request.connection().connId() + " has no " + what);
		}
		return parameter.wrap(value);
	}

}
