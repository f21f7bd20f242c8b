package io.zinx.cluster;

/**
 * The reason for which a frame of another node was dropped.
 */
public enum FrameDropReason {

	/** More than {@code zinx.cluster.max-inbound} bytes waited to be delivered. */
	INBOUND_FULL("inbound-full"),

	/** The frame has a version that this node does not know, from a newer node. */
	UNKNOWN_VERSION("unknown-version"),

	/** The frame is of a kind that this node does not know, from a newer node. */
	UNKNOWN_KIND("unknown-kind"),

	/** The bytes are no frame, or the frame does not belong to its topic. */
	MALFORMED("malformed");

	private final String tag;

	FrameDropReason(String tag) {
		this.tag = tag;
	}

	/**
	 * The reason's name in logs and metrics.
	 * @return lower case words joined by hyphens
	 */
	public String tag() {
		return this.tag;
	}

	@Override
	public String toString() {
		return this.tag;
	}

}
