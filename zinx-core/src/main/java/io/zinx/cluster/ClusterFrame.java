package io.zinx.cluster;

/**
 * A frame between nodes, version 1. A message on a topic is one or more of them. Numbers
 * are big-endian, texts are UTF-8 behind their length in bytes as {@code u16}:
 *
 * <pre>
 * u32 length of all that follows
 * u8  version
 * u8  kind
 * text server
 * text node
 * u64 sequence      {@link SentNumbers}
 * u8  kind of target: 1 key, 2 group, 3 all connections
 * text name of the target
 * u16 number of keys whose holders are left out, at most 100, then each as text
 * u32 number of the message
 * u32 length of the body
 * body
 * </pre>
 *
 * @param kind the kind
 * @param server the name of the server that sent it
 * @param node the name of the node that sent it
 * @param sequence its number among those of its node on its topic
 * @param target the connections it is for
 * @param msgId the number of the message, 0 to 4294967295
 * @param body the body of the message, or that of {@link KickBody} or
 * {@link HeartbeatBody}
 */
@SuppressWarnings("ArrayRecordComponent")
record ClusterFrame(FrameKind kind, String server, String node, long sequence, PushTarget target, long msgId,
		byte[] body) {

	static final int VERSION = 1;

	/** The most keys whose holders are left out. */
	static final int MOST_EXCEPTIONS = 100;

}
