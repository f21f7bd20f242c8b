package io.zinx.pipeline;

import io.zinx.inbound.KeptBytes;

/**
 * The bytes of one connection that its link holds because their rest is awaited, for
 * example an incomplete TLS record or WebSocket frame, as counted in the budget. Event
 * loop only.
 */
final class LinkBytes extends KeptBytes {

	private final HeldMemory memory;

	LinkBytes(HeldMemory memory) {
		this.memory = memory;
	}

	@Override
	protected void full() {
		this.memory.inboundFull();
	}

}
