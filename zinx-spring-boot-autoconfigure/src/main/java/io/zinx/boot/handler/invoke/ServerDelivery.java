package io.zinx.boot.handler.invoke;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.payload.PayloadWriter;
import io.zinx.connection.ConnManager;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to the connections of the server. Any thread.
 *
 * @param writer writes payloads
 * @param manager the connections of the server, or {@code null} if there are none or
 * those of several
 */
record ServerDelivery(PayloadWriter writer, @Nullable ConnManager manager) implements Outgoing.Delivery {

	@Override
	public ConnManager connections() {
		ConnManager connections = this.manager;
		if (connections == null) {
			throw new IllegalStateException(
					"Outgoing requires exactly one bean of type " + ConnManager.class.getName());
		}
		return connections;
	}

	@Override
	public ByteBuf write(Object payload) {
		return this.writer.write(payload);
	}

}
