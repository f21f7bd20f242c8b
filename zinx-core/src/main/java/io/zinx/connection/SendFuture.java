package io.zinx.connection;

import io.zinx.outbound.WriteListener;
import org.jspecify.annotations.Nullable;

/**
 * The future of a send, which completes when the message is written. Event loops write,
 * so a wait by one of them would never end; it is an error instead.
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
