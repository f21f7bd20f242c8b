package io.zinx.it.cluster;

import java.nio.ByteBuffer;

import io.zinx.cluster.PushState;
import org.jspecify.annotations.Nullable;

/**
 * A push, as the driver has asked for it and its node has reported it. Times are those of
 * {@link System#nanoTime}, which all processes of a Linux machine share.
 */
final class Push {

	/** Ascends over all pushes, so also over those of one sender to one target. */
	final int id;

	final int sender;

	final NodeRun node;

	final Target target;

	final long asked;

	/** Immediately before the call. */
	long start;

	/** Immediately after the call has returned: local connections have the message. */
	long returned;

	long completed;

	@Nullable PushState state;

	int nodes;

	int local;

	Push(int id, int sender, NodeRun node, Target target, long asked) {
		this.id = id;
		this.sender = sender;
		this.node = node;
		this.target = target;
		this.asked = asked;
	}

	byte[] request() {
		ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + Target.BYTES);
		out.putInt(this.id).putInt(this.sender);
		this.target.write(out);
		return out.array();
	}

	void report(ByteBuffer in) {
		this.start = in.getLong();
		this.returned = in.getLong();
		this.completed = in.getLong();
		this.state = PushState.valueOf(Wire.name(in));
		this.nodes = in.getInt();
		this.local = in.getInt();
	}

	long took() {
		return this.completed - this.start;
	}

	@Override
	public String toString() {
		return "push " + this.id + " of sender " + this.sender + " on " + this.node + " to " + this.target + " ("
				+ this.state + ", " + this.nodes + " nodes, " + this.local + " local)";
	}

}
