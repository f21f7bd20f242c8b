package io.zinx.connection;

import io.zinx.outbound.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * Completes when something that was sent is written. Event loops write, so none of them
 * may wait for it: that is an error at once instead of a wait without end.
 */
final class SendFuture extends LoopGuardedFuture<@Nullable Void> implements WriteListener {

	private final Connection connection;

	SendFuture(Writer writer, Connection connection) {
		super(writer);
		this.connection = connection;
	}

	@Override
	public void written(@Nullable Throwable cause) {
		if (cause == null) {
			complete(null);
			return;
		}
		completeExceptionally(new SendFailedException(this.connection, SendResult.ACCEPTED, cause));
	}

	void refused(SendResult result) {
		completeExceptionally(new SendFailedException(this.connection, result, null));
	}

}
