package io.zinx.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The kind of a frame between nodes.
 */
enum FrameKind {

	/** A message to connections. */
	PUSH(1),

	/** The closing of all connections that have bound a key. */
	KICK(2),

	/** A sign of life of a node, with its numbers. */
	HEARTBEAT(3),

	/** The last frame of a node that stops. */
	GOODBYE(4);

	private static final FrameKind[] all = values();

	private final int code;

	FrameKind(int code) {
		this.code = code;
	}

	int code() {
		return this.code;
	}

	static @Nullable FrameKind of(int code) {
		for (FrameKind kind : all) {
			if (kind.code == code) {
				return kind;
			}
		}
		return null;
	}

}
