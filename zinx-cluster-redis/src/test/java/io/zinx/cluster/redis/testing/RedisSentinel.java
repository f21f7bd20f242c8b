package io.zinx.cluster.redis.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/**
 * A master, a replica and a {@code redis-sentinel} that watches them. One thread.
 */
public final class RedisSentinel implements AutoCloseable {

	/** The name of the master. */
	public static final String MASTER = "zinx";

	private final RedisProcess master;

	private final RedisProcess replica;

	private final RedisProcess sentinel;

	private RedisSentinel(RedisProcess master, RedisProcess replica, RedisProcess sentinel) {
		this.master = master;
		this.replica = replica;
		this.sentinel = sentinel;
	}

	/**
	 * Start all three, and wait until the Sentinel knows the replica.
	 * @return the three
	 */
	public static RedisSentinel start() {
		Path binary = RedisBinary.require(RedisBinary.SENTINEL);
		RedisProcess master = RedisProcess.start("--repl-diskless-sync-delay", "0");
		RedisProcess replica = RedisProcess.start("--replicaof", "127.0.0.1 " + master.port());
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
		int port = RedisProcess.freePort();
		Path directory = RedisProcess.newDirectory();
		Path file = directory.resolve("sentinel.conf");
		try {
			Files.writeString(file, """
					port %d
					bind 127.0.0.1
					sentinel monitor %s 127.0.0.1 %d 1
					sentinel down-after-milliseconds %s 500
					sentinel failover-timeout %s 3000
					""".formatted(port, MASTER, master.port(), MASTER, MASTER));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		RedisProcess sentinel = new RedisProcess(binary, directory, port, List.of(file.toString()), null);
		Awaitility.await()
			.atMost(Duration.ofSeconds(20))
			.until(() -> sentinel.command("SENTINEL", "REPLICAS", MASTER).contains(String.valueOf(replica.port())));
		return new RedisSentinel(master, replica, sentinel);
	}

	/**
	 * The first master.
	 * @return the server
	 */
	public RedisProcess master() {
		return this.master;
	}

	/**
	 * The first replica.
	 * @return the server
	 */
	public RedisProcess replica() {
		return this.replica;
	}

	/**
	 * The Sentinel.
	 * @return the process
	 */
	public RedisProcess sentinel() {
		return this.sentinel;
	}

	/**
	 * The URI of the Sentinel.
	 * @return the URI with the name of the master
	 */
	public String uri() {
		return "redis-sentinel://127.0.0.1:" + this.sentinel.port() + "#" + MASTER;
	}

	@Override
	public void close() {
		this.sentinel.close();
		this.replica.close();
		this.master.close();
	}

}
