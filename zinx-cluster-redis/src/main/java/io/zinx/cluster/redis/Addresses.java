package io.zinx.cluster.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.zinx.diagnostics.PeerText;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of Redis: of the configured server, or of the master that one of the
 * configured Sentinels names. Any thread.
 */
final class Addresses {

	private final RedisClient client;

	private final RedisURI configured;

	private final List<RedisURI> sentinels = new ArrayList<>();

	private final RedisBackplaneSettings settings;

	/** The Sentinel that has answered last. */
	private volatile int preferred;

	Addresses(RedisClient client, RedisBackplaneSettings settings) {
		this.client = client;
		this.settings = settings;
		this.configured = settings.uri();
		for (RedisURI sentinel : this.configured.getSentinels()) {
			this.sentinels.add(named(sentinel, "-sentinel"));
		}
	}

	/**
	 * The number of servers that may have to be asked one after the other.
	 */
	int count() {
		return this.sentinels.size() + 1;
	}

	/**
	 * A copy of a URI, for one connection. Channels have nothing to do with databases, so
	 * that the database is left out: a command less, and a permission less.
	 */
	RedisURI named(RedisURI uri, String suffix) {
		RedisURI copy = RedisURI.builder(uri).build();
		copy.setDatabase(0);
		copy.setTimeout(this.settings.connectTimeout());
		copy.setClientName(this.settings.clientName().replaceAll("[^!-~]", "_") + suffix);
		return copy;
	}

	/**
	 * Find the master.
	 */
	CompletableFuture<RedisURI> master(Attempt attempt) {
		if (this.sentinels.isEmpty()) {
			return CompletableFuture.completedFuture(this.configured);
		}
		return ask(attempt, 0, null);
	}

	private CompletableFuture<RedisURI> ask(Attempt attempt, int asked, @Nullable Throwable earlier) {
		int index = (this.preferred + asked) % this.sentinels.size();
		RedisURI sentinel = this.sentinels.get(index);
		return attempt.open(() -> this.client.connectAsync(StringCodec.UTF8, sentinel))
			.thenCompose((connection) -> askForMaster(attempt, connection))
			.handle((master, failure) -> {
				if (failure == null) {
					this.preferred = index;
					return CompletableFuture.completedFuture(master);
				}
				Throwable all = new RedisConnectionException("No Sentinel names a master, the last one asked was "
						+ sentinel.getHost() + ":" + sentinel.getPort(), failure);
				if (earlier != null) {
					all.addSuppressed(earlier);
				}
				return (asked + 1 < this.sentinels.size()) ? ask(attempt, asked + 1, all)
						: CompletableFuture.<RedisURI>failedFuture(all);
			})
			.thenCompose((next) -> next);
	}

	private CompletableFuture<RedisURI> askForMaster(Attempt attempt,
			StatefulRedisConnection<String, String> sentinel) {
		String name = String.valueOf(this.configured.getSentinelMasterId());
		return sentinel.async()
			.dispatch(CommandType.SENTINEL, new ValueListOutput<>(StringCodec.UTF8),
					new CommandArgs<>(StringCodec.UTF8).add("get-master-addr-by-name").add(name))
			.thenApply((reply) -> {
				if (reply == null || reply.size() != 2 || !reply.get(1).matches("[0-9]{1,5}")) {
					throw new RedisConnectionException("It knows no master " + PeerText.escape(name, 100));
				}
				return RedisURI.builder(this.configured)
					.withHost(reply.get(0))
					.withPort(Integer.parseInt(reply.get(1)))
					.build();
			})
			.whenComplete((master, failure) -> attempt.release(sentinel))
			.toCompletableFuture();
	}

}
