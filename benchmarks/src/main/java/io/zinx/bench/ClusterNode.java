package io.zinx.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.zinx.cluster.ClusterListener;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.ClusterStatus;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.dispatch.WorkerMode;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node of {@link ClusterBench}: its name and the port of Redis, 0 for a server without
 * a cluster. Does what lines on its standard input ask for, answers each with a line, and
 * ends with its standard input.
 */
public final class ClusterNode implements ClusterListener {

	/** Connects receivers: their number. */
	static final String RECEIVERS = "receivers";

	/** Binds further keys: their number. Answers when all are subscribed. */
	static final String KEYS = "keys";

	/**
	 * Pushes: rate, burst, nanoseconds, receivers, bytes. Answers the number of pushes,
	 * and of those that were not reported as sent.
	 */
	static final String PUSH = "push";

	/** Forgets the messages that were received. */
	static final String FORGET = "forget";

	/**
	 * Answers the number of messages received, the time of the last one, and the median
	 * and 99th percentile of their latency.
	 */
	static final String RECEIVED = "received";

	/** Waits for a lost connection and answers the time when all is subscribed again. */
	static final String RESUBSCRIBED = "resubscribed";

	private static final Logger report = LoggerFactory.getLogger("report");

	private static final int MAX_CONN = 100_000;

	private final ConnManager connections = new ConnManager(MAX_CONN);

	private final ZinxServer server;

	private final ZinxCluster cluster;

	private final LocalReceivers receivers;

	private final Pushing pushing;

	private volatile int losses;

	private ClusterNode(String name, int redis) {
		ServerConfig config = ServerConfig.builder()
			.name("bench")
			.inMemory()
			.eventLoops(1)
			.workerMode(WorkerMode.EVENT_LOOP)
			.maxConn(MAX_CONN)
			.build();
		this.server = ZinxServer.builder(config).connManager(this.connections).build();
		ClusterMember member = (redis > 0) ? member(name, redis) : null;
		if (member != null) {
			member.start();
		}
		this.cluster = (member != null) ? member : ZinxCluster.ofOneNode(this.connections);
		this.server.start();
		this.receivers = new LocalReceivers(this.server);
		this.pushing = new Pushing(this.cluster);
	}

	private ClusterMember member(String name, int redis) {
		ClusterSettings defaults = ClusterSettings.of("bench");
		ClusterSettings settings = new ClusterSettings(defaults.name(), name, defaults.heartbeatInterval(),
				defaults.nodeTimeout(), defaults.publishTimeout(), defaults.maxPending(), defaults.maxInbound());
		return new ClusterMember(settings, "bench", this.connections, RedisServer.backplane(redis), List.of(this));
	}

	/**
	 * Run the node.
	 * @param args its name, the port of Redis
	 * @throws IOException if standard input cannot be read
	 * @throws InterruptedException if the thread is interrupted
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		try {
			new ClusterNode(args[0], Integer.parseInt(args[1])).answer();
		}
		catch (RuntimeException ex) {
			report.error("The node ends", ex);
			Runtime.getRuntime().halt(1);
		}
		Runtime.getRuntime().halt(0);
	}

	private void answer() throws IOException, InterruptedException {
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		report.info("started");
		String line = in.readLine();
		while (line != null) {
			String[] words = line.split(" ", -1);
			report.info("{} {}", words[0], answer(words));
			line = in.readLine();
		}
	}

	private String answer(String[] words) throws InterruptedException {
		return switch (words[0]) {
			case RECEIVERS -> connect(Integer.parseInt(words[1]));
			case KEYS -> bind(Integer.parseInt(words[1]));
			case PUSH -> push(words);
			case FORGET -> forget();
			case RECEIVED -> this.receivers.received();
			case RESUBSCRIBED -> resubscribed();
			default -> throw new IllegalArgumentException(words[0]);
		};
	}

	private String push(String[] words) {
		long made = this.pushing.push(Integer.parseInt(words[1]), Integer.parseInt(words[2]), Long.parseLong(words[3]),
				Integer.parseInt(words[4]), Integer.parseInt(words[5]));
		return made + " " + this.pushing.notSent();
	}

	private String forget() {
		this.receivers.forget();
		return "0";
	}

	private String connect(int count) throws InterruptedException {
		this.receivers.connect(count);
		while (this.connections.ids().length < count) {
			Thread.onSpinWait();
		}
		long[] ids = this.connections.ids();
		for (int i = 0; i < count; i++) {
			bind(ids[i], Pushing.key(i));
		}
		return String.valueOf(awaitSubscribed());
	}

	private void bind(long id, String key) {
		Connection connection = this.connections.get(id);
		if (connection == null) {
			throw new IllegalStateException("A receiver has gone");
		}
		connection.bind(key);
	}

	private String bind(int count) {
		long[] ids = this.connections.ids();
		for (int i = 0; i < count; i++) {
			bind(ids[i % ids.length], "user-" + i);
		}
		return String.valueOf(awaitSubscribed());
	}

	private String resubscribed() {
		int losses = this.losses;
		report.info("{} {}", RESUBSCRIBED, 0);
		long start = System.nanoTime();
		while (this.losses == losses) {
			if (System.nanoTime() - start > Duration.ofSeconds(30).toNanos()) {
				throw new IllegalStateException("The connection is not lost");
			}
			Pushing.pause();
		}
		return String.valueOf(awaitSubscribed());
	}

	/**
	 * The time when everything is subscribed.
	 */
	private long awaitSubscribed() {
		ClusterStatus status = this.cluster.status();
		while (status.clustered() && (!status.connected() || status.awaitedSubscriptions() > 0)) {
			Pushing.pause();
			status = this.cluster.status();
		}
		return System.nanoTime();
	}

	@Override
	@SuppressWarnings("NonAtomicVolatileUpdate")
	public void disconnected() {
		this.losses++;
	}

}
