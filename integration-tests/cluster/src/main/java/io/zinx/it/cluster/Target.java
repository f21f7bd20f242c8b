package io.zinx.it.cluster;

import java.nio.ByteBuffer;

import io.zinx.cluster.PushTarget;
import io.zinx.cluster.PushTarget.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A key, a room, or everybody.
 *
 * @param kind its kind
 * @param index its number, 0 for everybody
 */
record Target(Kind kind, int index) {

	static final int BYTES = 5;

	static final Target ALL = new Target(Kind.ALL, 0);

	private static final Kind[] KINDS = Kind.values();

	static Target key(int index) {
		return new Target(Kind.KEY, index);
	}

	static Target room(int index) {
		return new Target(Kind.GROUP, index);
	}

	static Target read(ByteBuffer in) {
		return new Target(KINDS[in.get()], in.getInt());
	}

	/**
	 * The target of a topic of the backplane.
	 * @param topic its name
	 * @return the target; {@code null} for that of the heartbeats
	 */
	static @Nullable Target ofTopic(String topic) {
		String[] parts = topic.split(":", -1);
		String last = parts[parts.length - 1];
		if (last.equals("all")) {
			return ALL;
		}
		return switch (parts[parts.length - 2]) {
			case "k" -> key(Integer.parseInt(last.substring(1)));
			case "g" -> room(Integer.parseInt(last.substring(1)));
			default -> null;
		};
	}

	void write(ByteBuffer out) {
		out.put((byte) this.kind.ordinal()).putInt(this.index);
	}

	byte[] bytes() {
		ByteBuffer out = ByteBuffer.allocate(BYTES);
		write(out);
		return out.array();
	}

	String name() {
		return ((this.kind == Kind.KEY) ? "k" : "g") + this.index;
	}

	PushTarget pushTarget() {
		return switch (this.kind) {
			case KEY -> PushTarget.key(name());
			case GROUP -> PushTarget.group(name());
			case ALL -> PushTarget.all();
		};
	}

	@Override
	public String toString() {
		return (this.kind == Kind.ALL) ? "all" : name();
	}

}
