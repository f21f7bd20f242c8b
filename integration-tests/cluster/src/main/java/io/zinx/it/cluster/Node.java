package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.zinx.admission.ConnectionSettings;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterMember;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.PushResult;
import io.zinx.cluster.PushTarget.Kind;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.it.cluster.WatchedBackplane.Change;
import io.zinx.routing.Request;
import io.zinx.routing.RouteRegistry;
import io.zinx.server.ServerConfig;
import io.zinx.server.ZinxServer;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * A node of the cluster that does what the driver asks for on its connections.
 */
final class Node implements AutoCloseable {

	static final String SERVER = "proof";

	private static final int MOST_BYTES = 64 << 20;

	private static final Duration STOP = Duration.ofSeconds(5);

	private final ConnManager connections = new ConnManager(20_000);

	private final ZinxServer server;

	private final ClusterMember member;

	private final WatchedBackplane backplane;

	/** Answers that take long, because they collect garbage first. */
	private final ExecutorService control = Executors.newSingleThreadExecutor();

	/** Reports that nobody has asked for yet. */
	private final Queue<byte[]> unreported = new ArrayDeque<>();

	private @Nullable Connection watcher;

	/**
	 * Create a node.
	 * @param settings its place in the cluster
	 * @param backplane carries messages between nodes
	 */
	Node(ClusterSettings settings, Backplane backplane) {
		ServerConfig config = ServerConfig.builder()
			.name(SERVER)
			.host("127.0.0.1")
			.port(0)
			.maxConn(this.connections.maxConn())
			.connections(new ConnectionSettings(DuplicateLogin.ALLOW, ConnectionSettings.DEFAULTS.maxConnPolicy(), null,
					null, null))
			.outboundMaxBytes(MOST_BYTES)
			.build();
		RouteRegistry routes = new RouteRegistry().add(Wire.JOIN, this::join)
			.add(Wire.LEAVE, this::leave)
			.add(Wire.PUSH, this::push)
			.add(Wire.ONLINE, this::online)
			.add(Wire.STATE, this::state)
			.add(Wire.WATCH, this::watch);
		this.server = ZinxServer.builder(config).connManager(this.connections).routes(routes).build();
		this.backplane = new WatchedBackplane(backplane, this::changed);
		this.member = new ClusterMember(settings, SERVER, this.connections, this.backplane, List.of());
	}

	void start() {
		this.member.start();
		this.server.start();
	}

	int port() {
		return this.server.port();
	}

	/**
	 * Lose the connection to the others, and make a new one.
	 */
	void reconnect() {
		this.backplane.reconnect();
	}

	private void join(Request request) {
		Connection connection = request.connection();
		Target target = Target.read(ByteBuffer.wrap(request.body()));
		if (target.kind() == Kind.KEY) {
			connection.bind(target.name());
		}
		else {
			this.connections.group(target.name()).join(connection);
		}
		request.reply(Wire.JOINED, target.bytes());
	}

	private void leave(Request request) {
		Connection connection = request.connection();
		Target target = Target.read(ByteBuffer.wrap(request.body()));
		if (target.kind() == Kind.KEY) {
			connection.unbind(target.name());
		}
		else {
			this.connections.group(target.name()).leave(connection);
		}
		request.reply(Wire.LEFT, target.bytes());
	}

	private void push(Request request) {
		byte[] body = request.body();
		ByteBuffer in = ByteBuffer.wrap(body);
		int id = in.getInt();
		in.getInt();
		Target target = Target.read(in);
		Connection connection = request.connection();
		long start = System.nanoTime();
		var sent = this.member.send(target.pushTarget(), Wire.PUSHED, body);
		long returned = System.nanoTime();
		sent.thenAccept((result) -> connection.send(Wire.RESULT, report(id, start, returned, result)));
	}

	private static byte[] report(int id, long start, long returned, PushResult result) {
		ByteBuffer out = ByteBuffer.allocate(3 * Long.BYTES + 3 * Integer.BYTES + Wire.NAME_BYTES);
		out.putInt(id).putLong(start).putLong(returned).putLong(System.nanoTime());
		Wire.put(out, result.state()).putInt(result.nodes()).putInt(result.local().reached());
		return out.array();
	}

	/**
	 * The answer is 0 or 1, or 2 if the backplane does not know.
	 */
	private void online(Request request) {
		byte[] body = request.body();
		ByteBuffer in = ByteBuffer.wrap(body);
		int question = in.getInt();
		Connection connection = request.connection();
		this.member.isOnline(Target.read(in).name()).handle((online, failure) -> {
			byte answer = (byte) ((failure != null) ? 2 : (online ? 1 : 0));
			return connection.send(Wire.IS_ONLINE, ByteBuffer.allocate(5).putInt(question).put(answer).array());
		});
	}

	private void state(Request request) {
		boolean collect = request.body()[0] == 1;
		Connection connection = request.connection();
		this.control.execute(() -> {
			String state = NodeState.of(this.member, this.connections, collect).text();
			connection.send(Wire.STATE_IS, state.getBytes(StandardCharsets.UTF_8));
		});
	}

	private void watch(Request request) {
		synchronized (this.unreported) {
			this.watcher = request.connection();
			report();
		}
	}

	private void changed(Change change, Collection<String> topics) {
		List<Target> targets = topics.stream().map(Target::ofTopic).filter((target) -> target != null).toList();
		ByteBuffer out = ByteBuffer.allocate(Wire.NAME_BYTES + Long.BYTES + targets.size() * Target.BYTES);
		Wire.put(out, change).putLong(System.nanoTime());
		targets.forEach((target) -> target.write(out));
		byte[] report = Arrays.copyOf(out.array(), out.position());
		synchronized (this.unreported) {
			this.unreported.add(report);
			report();
		}
	}

	private void report() {
		Connection connection = this.watcher;
		while (connection != null && !this.unreported.isEmpty()) {
			connection.send(Wire.SUBSCRIPTION, this.unreported.remove());
		}
	}

	@Override
	public void close() {
		this.server.stop();
		this.member.stop(STOP);
		this.control.shutdownNow();
	}

}
