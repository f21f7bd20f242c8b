package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The numbers of the messages between the driver and the nodes.
 */
final class Wire {

	/** To a node: bind a key or join a room. */
	static final int JOIN = 1;

	/** To a node: release a key or leave a room. */
	static final int LEAVE = 2;

	/** To a node: push a message. */
	static final int PUSH = 3;

	/** To a node: ask whether a key is online. */
	static final int ONLINE = 4;

	/** To a node: ask for its state, after a collection if the first byte is 1. */
	static final int STATE = 5;

	/** To a node: report subscriptions on this connection from now on. */
	static final int WATCH = 6;

	/** From a node: the target is joined. */
	static final int JOINED = 11;

	/** From a node: the target is left. */
	static final int LEFT = 12;

	/** From a node, to users: a message that was pushed. */
	static final int PUSHED = 13;

	/** From a node: the result of a push. */
	static final int RESULT = 14;

	/** From a node: whether a key is online. */
	static final int IS_ONLINE = 15;

	/** From a node: its state. */
	static final int STATE_IS = 16;

	/** From a node: a subscription was acknowledged or ended. */
	static final int SUBSCRIPTION = 17;

	/** Enough for the name of a constant. */
	static final int NAME_BYTES = 20;

	private Wire() {
	}

	/**
	 * Write the name of a constant.
	 */
	static ByteBuffer put(ByteBuffer out, Enum<?> constant) {
		byte[] name = constant.name().getBytes(StandardCharsets.US_ASCII);
		return out.put((byte) name.length).put(name);
	}

	/**
	 * Read the name of a constant.
	 */
	static String name(ByteBuffer in) {
		byte[] name = new byte[in.get()];
		in.get(name);
		return new String(name, StandardCharsets.US_ASCII);
	}

}
