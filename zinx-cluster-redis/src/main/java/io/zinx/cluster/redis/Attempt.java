package io.zinx.cluster.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandKeyword;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: finds the master, makes two connections to it, asks what kind
 * of Redis it is, and tries the permissions. Never blocks.
 */
final class Attempt {

	private final RedisClient client;

	private final Addresses addresses;

	private final @Nullable String probeTopic;

	/** Closed if the attempt fails; guarded by this. */
	private final List<StatefulConnection<?, ?>> opened = new ArrayList<>();

	/** Guarded by this. */
	private boolean aborted;

	Attempt(RedisClient client, Addresses addresses, @Nullable String probeTopic) {
		this.client = client;
		this.addresses = addresses;
		this.probeTopic = probeTopic;
	}

	/**
	 * Connect.
	 * @return completes with two connections, or fails, and then nothing is left open
	 */
	CompletableFuture<Link.Connections> run() {
		CompletableFuture<Link.Connections> result = this.addresses.master(this).thenCompose(this::connect);
		return result.whenComplete((connections, failure) -> {
			if (failure != null) {
				abort();
			}
		});
	}

	/**
	 * Give up: close what is open, and what is opened from now on.
	 */
	void abort() {
		List<StatefulConnection<?, ?>> closing;
		synchronized (this) {
			this.aborted = true;
			closing = List.copyOf(this.opened);
			this.opened.clear();
		}
		closing.forEach(StatefulConnection::closeAsync);
	}

	/**
	 * Close a connection that is needed no more.
	 */
	void release(StatefulConnection<?, ?> connection) {
		boolean open;
		synchronized (this) {
			open = this.opened.remove(connection);
		}
		if (open) {
			connection.closeAsync();
		}
	}

	private CompletionStage<Link.Connections> connect(RedisURI master) {
		CompletableFuture<StatefulRedisConnection<String, byte[]>> publishing = open(
				() -> this.client.connectAsync(Codecs.TOPICS, this.addresses.named(master, "-publish")));
		CompletableFuture<StatefulRedisPubSubConnection<String, byte[]>> subscribing = open(
				() -> this.client.connectPubSubAsync(Codecs.TOPICS, this.addresses.named(master, "-subscribe")));
		return publishing.thenCombine(subscribing, (first, second) -> check(first, second, master))
			.thenCompose((checked) -> checked);
	}

	/**
	 * Open a connection that is closed if the attempt fails.
	 */
	<C extends StatefulConnection<?, ?>> CompletableFuture<C> open(Supplier<CompletionStage<C>> opening) {
		CompletionStage<C> future;
		try {
			future = opening.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
		return future.toCompletableFuture().thenApply((connection) -> {
			boolean late;
			synchronized (this) {
				late = this.aborted;
				if (!late) {
					this.opened.add(connection);
				}
			}
			if (late) {
				connection.closeAsync();
			}
			return connection;
		});
	}

	private CompletionStage<Link.Connections> check(StatefulRedisConnection<String, byte[]> publishing,
			StatefulRedisPubSubConnection<String, byte[]> subscribing, RedisURI master) {
		String address = (master.getSocket() != null) ? master.getSocket() : master.getHost() + ":" + master.getPort();
		return hello(publishing.async())
			.thenCombine(hello(subscribing.async()),
					(first, second) -> new Link.Connections(publishing, subscribing, first, address))
			.thenCompose((connections) -> probe(connections).thenApply((probed) -> connections));
	}

	private static CompletionStage<ServerInfo> hello(BaseRedisAsyncCommands<String, byte[]> commands) {
		return commands
			.dispatch(CommandType.HELLO, new HelloOutput(Codecs.TOPICS), new CommandArgs<>(Codecs.TOPICS).add(3))
			.handle((reply, failure) -> {
				if (failure == null) {
					return ServerInfo.of(reply);
				}
				if (failure instanceof RedisCommandExecutionException
						&& String.valueOf(failure.getMessage()).contains("unknown command")) {
					return ServerInfo.UNKNOWN;
				}
				throw new CompletionException(failure);
			})
			.thenApply(ServerInfo::check);
	}

	/**
	 * Try the commands that are needed later, so that a missing permission is found here.
	 */
	private CompletionStage<?> probe(Link.Connections connections) {
		String topic = this.probeTopic;
		if (topic == null) {
			return CompletableFuture.completedStage(null);
		}
		return connections.subscribing()
			.async()
			.subscribe(topic)
			.thenCompose((done) -> connections.subscribing().async().unsubscribe(topic))
			.thenCompose((done) -> count(connections, CommandType.PUBSUB,
					new CommandArgs<>(Codecs.TOPICS).add(CommandKeyword.NUMSUB).addKey(topic)))
			.thenCompose((done) -> count(connections, CommandType.PUBLISH,
					new CommandArgs<>(Codecs.TOPICS).addKey(topic).addValue(new byte[0])));
	}

	private static CompletionStage<Long> count(Link.Connections connections, CommandType type,
			CommandArgs<String, byte[]> args) {
		return connections.publishing().async().dispatch(type, new CountOutput(Codecs.TOPICS), args);
	}

}
