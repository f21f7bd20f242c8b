package io.zinx.routing;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.zinx.connection.Connection;
import io.zinx.connection.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * A connection without a socket: number 7, keeps what is sent as {@code msgId:text}.
 */
final class SentMessages {

	private final List<String> sent = new CopyOnWriteArrayList<>();

	private final Connection connection = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
			new Class<?>[] { Connection.class }, (proxy, method, arguments) -> answer(method, arguments));

	Connection connection() {
		return this.connection;
	}

	List<String> sent() {
		return this.sent;
	}

	private Object answer(Method method, Object @Nullable [] arguments) {
		if (method.getName().equals("send") && arguments != null) {
			Object body = arguments[1];
			this.sent.add(arguments[0] + ":"
					+ ((body instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : body));
			return SendResult.ACCEPTED;
		}
		return switch (method.getName()) {
			case "connId" -> 7L;
			case "toString" -> "connection 7";
			default -> throw new UnsupportedOperationException(method.toString());
		};
	}

}
