package io.zinx.traffic;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.metrics.ServerMetrics;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;

/**
 * The server of a round, whose settings follow from the seed, and the ledgers of its
 * clients.
 */
final class TrafficServer {

	private static final String LEDGER = "ledger";

	private final List<Ledger> ledgers;

	private final ZinxServer server;

	private final Settings settings;

	/** What is wrong and belongs to no client. */
	final Queue<String> errors = new ConcurrentLinkedQueue<>();

	final AtomicLong started = new AtomicLong();

	final AtomicLong messagesIn = new AtomicLong();

	final AtomicLong bytesIn = new AtomicLong();

	final Map<CloseReason, AtomicLong> stopped = new ConcurrentHashMap<>();

	TrafficServer(long seed, List<Ledger> ledgers, Handling handling) {
		this.ledgers = ledgers;
		this.settings = Settings.of(seed);
		ServerConfig config = this.settings.config();
		RouteRegistry routes = new RouteRegistry();
		handling.register(routes, this);
		this.server = ZinxServer.builder(config).routes(routes).listener(new Hooks()).build();
	}

	Settings settings() {
		return this.settings;
	}

	ZinxServer server() {
		return this.server;
	}

	ConnManager connections() {
		return this.server.connManager();
	}

	ServerMetrics metrics() {
		return connections().metrics();
	}

	/**
	 * The client whose first message this is.
	 */
	Ledger greet(Connection connection, byte[] body) {
		Ledger ledger = this.ledgers.get(ByteBuffer.wrap(body).getInt());
		connection.setProperty(LEDGER, ledger);
		ledger.begun(connection);
		return ledger;
	}

	Ledger ledger(Connection connection) {
		return Objects.requireNonNull(connection.property(LEDGER, Ledger.class),
				() -> "A message before HELLO on " + connection);
	}

	private final class Hooks implements ConnectionListener {

		@Override
		public void onStart(Connection connection) {
			TrafficServer.this.started.incrementAndGet();
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
			TrafficServer.this.messagesIn.addAndGet(connection.messagesIn());
			TrafficServer.this.bytesIn.addAndGet(connection.bytesIn());
			TrafficServer.this.stopped.computeIfAbsent(reason, (key) -> new AtomicLong()).incrementAndGet();
			Ledger ledger = connection.property(LEDGER, Ledger.class);
			if (ledger != null) {
				ledger.ended(connection, reason);
			}
		}

	}

}
