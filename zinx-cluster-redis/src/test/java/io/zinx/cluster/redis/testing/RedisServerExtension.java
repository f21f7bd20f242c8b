package io.zinx.cluster.redis.testing;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a Redis server. With {@code @ExtendWith}, each test with a parameter of
 * type {@link RedisProcess} or {@link RedisSentinel} has one of its own. In a static
 * field with {@code @RegisterExtension} and {@link #shared()}, all tests of a class have
 * one. Tests are skipped where the binary is missing, see {@link RedisBinary#require}.
 */
public final class RedisServerExtension
		implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, ParameterResolver {

	private static final ExtensionContext.Namespace STORE = ExtensionContext.Namespace
		.create(RedisServerExtension.class);

	private final boolean shared;

	private @Nullable RedisProcess server;

	/**
	 * An extension that starts a server for each parameter.
	 */
	public RedisServerExtension() {
		this(false);
	}

	private RedisServerExtension(boolean shared) {
		this.shared = shared;
	}

	/**
	 * An extension that starts one server for all tests of a class.
	 * @return the extension
	 */
	public static RedisServerExtension shared() {
		return new RedisServerExtension(true);
	}

	/**
	 * The server of all tests of the class.
	 * @return the server
	 */
	public RedisProcess server() {
		RedisProcess running = this.server;
		if (running == null) {
			throw new IllegalStateException("Not started, or not shared");
		}
		return running;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		if (this.shared) {
			this.server = RedisProcess.start();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		for (Class<?> type : context.getRequiredTestMethod().getParameterTypes()) {
			if (type == RedisProcess.class) {
				RedisBinary.require(RedisBinary.SERVER);
			}
			if (type == RedisSentinel.class) {
				RedisBinary.require(RedisBinary.SENTINEL);
			}
		}
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == RedisProcess.class || type == RedisSentinel.class;
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		AutoCloseable started = (parameter.getParameter().getType() == RedisSentinel.class) ? RedisSentinel.start()
				: (this.server != null) ? this.server : RedisProcess.start();
		context.getStore(STORE).put(parameter.getIndex(), started);
		return started;
	}

}
