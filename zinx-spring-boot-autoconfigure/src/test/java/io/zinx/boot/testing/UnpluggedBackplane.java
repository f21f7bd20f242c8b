package io.zinx.boot.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.BackplaneListener;
import io.zinx.cluster.ClusterUnavailableException;

/**
 * A backplane whose other side is away.
 */
public final class UnpluggedBackplane implements Backplane {

	@Override
	public void start(BackplaneListener listener) {
		listener.lost(new ClusterUnavailableException("The cable is not plugged in", null));
	}

	@Override
	public CompletionStage<Void> subscribe(Collection<String> topics) {
		return away();
	}

	@Override
	public CompletionStage<Void> unsubscribe(Collection<String> topics) {
		return away();
	}

	@Override
	public CompletionStage<Long> publish(String topic, byte[] message) {
		return away();
	}

	@Override
	public CompletionStage<Long> subscribers(String topic) {
		return away();
	}

	private static <T> CompletionStage<T> away() {
		return CompletableFuture.failedStage(new ClusterUnavailableException("The cable is not plugged in", null));
	}

	@Override
	public void flush() {
	}

	@Override
	public boolean isConnected() {
		return false;
	}

	@Override
	public void reconnect() {
	}

	@Override
	public void close(Duration timeout) {
	}

}
