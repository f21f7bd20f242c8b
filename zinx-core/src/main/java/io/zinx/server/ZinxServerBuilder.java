package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.RouteRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Builder of a {@link ZinxServer} that is made by code. Only the configuration is needed.
 * For one thread at a time.
 *
 * <pre>{@code
 * ZinxServer server = ZinxServer.builder(ServerConfig.builder().port(8999).build())
 *     .onStart((connection) -> connection.send(1, "welcome"))
 *     .build();
 * }</pre>
 */
public final class ZinxServerBuilder {

	final Supplier<ServerConfig> config;

	RouteRegistry routes = new RouteRegistry();

	private @Nullable ConnManager connManager;

	private final List<Supplier<List<ConnectionListener>>> listeners = new ArrayList<>();

	private Supplier<? extends @Nullable ConnectionAuthenticator> authenticator = () -> null;

	private ZinxServerBuilder(Supplier<ServerConfig> config) {
		this.config = config;
	}

	/**
	 * Create a builder of a server whose configuration is known later.
	 * @param config supplies the configuration; called when that is first needed, at the
	 * latest when the server starts
	 * @return a new builder
	 */
	public static ZinxServerBuilder of(Supplier<ServerConfig> config) {
		return new ZinxServerBuilder(Objects.requireNonNull(config, "config"));
	}

	/**
	 * Set the manager of the server's connections, for code that needs it before there is
	 * a server.
	 * @param connManager the manager, of no other server; a new one by default
	 * @return this builder
	 */
	public ZinxServerBuilder connManager(ConnManager connManager) {
		this.connManager = Objects.requireNonNull(connManager, "connManager");
		return this;
	}

	/**
	 * Set the registry of the server's routers.
	 * @param routes the registry; a new one by default
	 * @return this builder
	 */
	public ZinxServerBuilder routes(RouteRegistry routes) {
		this.routes = Objects.requireNonNull(routes, "routes");
		return this;
	}

	/**
	 * Add a listener for the start and the end of connections, behind those that are
	 * there.
	 * @param listener the listener
	 * @return this builder
	 */
	public ZinxServerBuilder listener(ConnectionListener listener) {
		List<ConnectionListener> one = List.of(listener);
		return listeners(() -> one);
	}

	/**
	 * Add listeners that are looked up at each start, behind those that are there.
	 * @param listeners supplies the listeners in order
	 * @return this builder
	 */
	public ZinxServerBuilder listeners(Supplier<List<ConnectionListener>> listeners) {
		this.listeners.add(Objects.requireNonNull(listeners, "listeners"));
		return this;
	}

	/**
	 * Set the application's decision whether a client may connect.
	 * @param authenticator the authenticator; by default all clients may
	 * @return this builder
	 */
	public ZinxServerBuilder authenticator(ConnectionAuthenticator authenticator) {
		Objects.requireNonNull(authenticator, "authenticator");
		return authenticator(() -> authenticator);
	}

	/**
	 * Set the application's decision whether a client may connect, which is looked up at
	 * each start.
	 * @param authenticator supplies the authenticator; {@code null} if all clients may
	 * @return this builder
	 */
	public ZinxServerBuilder authenticator(Supplier<? extends @Nullable ConnectionAuthenticator> authenticator) {
		this.authenticator = Objects.requireNonNull(authenticator, "authenticator");
		return this;
	}

	/**
	 * Add an action for each new connection, as {@link ConnectionListener#onStart}.
	 * @param action the action
	 * @return this builder
	 */
	public ZinxServerBuilder onStart(Consumer<? super Connection> action) {
		Objects.requireNonNull(action, "action");
		return listener(new ConnectionListener() {

			@Override
			public void onStart(Connection connection) {
				action.accept(connection);
			}

		});
	}

	/**
	 * Add an action for each connection that has ended, as
	 * {@link ConnectionListener#onStop}.
	 * @param action the action
	 * @return this builder
	 */
	public ZinxServerBuilder onStop(BiConsumer<? super Connection, CloseReason> action) {
		Objects.requireNonNull(action, "action");
		return listener(new ConnectionListener() {

			@Override
			public void onStop(Connection connection, CloseReason reason) {
				action.accept(connection, reason);
			}

		});
	}

	/**
	 * Create the server. It is not started.
	 * @return a new server
	 */
	public ZinxServer build() {
		return new ZinxServer(this);
	}

	/**
	 * The manager that was given, or a new one with as many slots as are configured.
	 */
	ConnManager connManager() {
		ConnManager given = this.connManager;
		return (given != null) ? given : new ConnManager(() -> this.config.get().maxConn(), new ServerMetrics());
	}

	/**
	 * All listeners and the authenticator, to be looked up at each start.
	 */
	Supplier<ApplicationHooks> hooks() {
		List<Supplier<List<ConnectionListener>>> all = List.copyOf(this.listeners);
		Supplier<? extends @Nullable ConnectionAuthenticator> authenticator = this.authenticator;
		return () -> new ApplicationHooks(all.stream().flatMap((some) -> some.get().stream()).toList(),
				authenticator.get());
	}

}
