package io.zinx.boot.handler.invoke;

import java.lang.reflect.Type;

import io.netty.buffer.ByteBuf;
import io.zinx.boot.handler.Outgoing;
import io.zinx.boot.payload.PayloadWriter;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import org.jspecify.annotations.Nullable;

/**
 * Delivers to the connections of the server, and of the other nodes of its cluster. Any
 * thread.
 *
 * @param writer writes payloads
 * @param nodes the nodes, or {@code null} if there is no server or several
 */
record ServerDelivery(PayloadWriter writer, @Nullable ZinxCluster nodes) implements Outgoing.Delivery {

	@Override
	public ZinxCluster cluster() {
		ZinxCluster cluster = this.nodes;
		if (cluster == null) {
			throw new IllegalStateException("Outgoing requires exactly one bean of type " + ZinxCluster.class.getName()
					+ ", which is there if there is exactly one of type " + ConnManager.class.getName());
		}
		return cluster;
	}

	@Override
	public ByteBuf write(Object payload) {
		return this.writer.write(payload);
	}

	@Override
	public ByteBuf write(Object payload, Type type) {
		return this.writer.withType(type).write(payload);
	}

}
