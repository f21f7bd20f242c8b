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

	static Target key(int index) {
		return new Target(Kind.KEY, index);
	}

	static Target room(int index) {
		return new Target(Kind.GROUP, index);
	}

	static Target read(ByteBuffer in) {
		Kind kind = switch (in.get()) {
			case 'k' -> Kind.KEY;
			case 'g' -> Kind.GROUP;
			default -> Kind.ALL;
		};
		return new Target(kind, in.getInt());
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
		byte kind = (byte) switch (this.kind) {
			case KEY -> 'k';
			case GROUP -> 'g';
			case ALL -> 'a';
		};
		out.put(kind).putInt(this.index);
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
