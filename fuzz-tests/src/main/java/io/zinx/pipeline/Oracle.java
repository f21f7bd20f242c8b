package io.zinx.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.RawCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionContext;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.heartbeat.KeepAlive;
import io.zinx.metrics.ServerMetrics;
import io.zinx.outbound.LoopOutbox;
import io.zinx.outbound.OutboundContext;
import io.zinx.outbound.OutboundSettings;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * The invariants for any bytes that a peer may send, however they are split: they end as
 * messages, or as messages and one reason to close; in bounded memory, all of which is
 * released; and nothing is thrown.
 */
final class Oracle {

	/** The longest body. */
	static final int MAX_PACKET_SIZE = 64;

	/** The longest magic, head and tail, and how far a buffer grows beyond its need. */
	private static final int SLACK = 256;

	private final FrameCodec codec;

	private Oracle(FrameCodec codec) {
		this.codec = codec;
	}

	/**
	 * Read a stream whole, then in pieces, and compare.
	 * @param codec the format
	 * @param stream what the peer sends
	 * @param pieces how long the piece with an index is, 1 or more
	 * @param step how many frames the lane takes at a time
	 * @throws AssertionError if something does not hold
	 */
	static void check(FrameCodec codec, byte[] stream, IntUnaryOperator pieces, int step) {
		Oracle oracle = new Oracle(codec);
		Outcome whole = oracle.read(stream, (index) -> Math.max(1, stream.length), 0);
		Outcome split = oracle.read(stream, pieces, step);
		require(whole.equals(split), "differs: whole " + whole + ", in pieces " + split);
	}

	private Outcome read(byte[] stream, IntUnaryOperator pieces, int step) {
		UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
		EmbeddedChannel channel = new EmbeddedChannel();
		channel.config().setAllocator(allocator);
		ChannelConnection connection = accept(channel);
		List<FuzzedLane> lanes = new ArrayList<>();
		FrameReader reader = new FrameReader(new CutterContext(this.codec, MAX_PACKET_SIZE), connection,
				(conn, loop, owner) -> {
					lanes.add(new FuzzedLane(owner, step));
					return lanes.get(0);
				}, KeepAlive.NONE);
		connection.readSide(reader);
		channel.pipeline().addLast(reader);
		channel.pipeline().fireChannelActive();
		FuzzedLane lane = lanes.get(0);
		int index = 0;
		for (int at = 0; at < stream.length; index++) {
			int next = Math.min(stream.length, at + pieces.applyAsInt(index));
			channel.writeInbound(allocator.heapBuffer(next - at).writeBytes(stream, at, next - at));
			lane.makeRoom();
			requireBounded(reader.restCapacity(), next - at);
			at = next;
		}
		channel.finishAndReleaseAll();
		lane.makeRoom();
		require(lane.isSocketClosed(), "does not tell of the closed socket");
		require(allocator.metric().usedHeapMemory() == 0, "keeps memory");
		require(lane.ended() != CloseReason.INTERNAL_ERROR && connection.closeReason() != CloseReason.INTERNAL_ERROR,
				"fails");
		return outcome(lane);
	}

	private ChannelConnection accept(EmbeddedChannel channel) {
		ConnectionRegistry registry = ConnectionRegistry.of(new ConnManager(1));
		ConnectionContext context = new ConnectionContext("fuzz", registry,
				new OutboundContext(this.codec, OutboundSettings.DEFAULTS), DuplicateLogin.ALLOW, Clocks.SYSTEM,
				new ServerMetrics());
		return new ConnectionFactory(context, new LoopLocal<>(LoopOutbox::new)).newConnection(1, channel);
	}

	/**
	 * The outcome of a stream; the network decides how raw bytes are split into messages,
	 * so these are joined.
	 */
	private Outcome outcome(FuzzedLane lane) {
		if (!(this.codec instanceof RawCodec)) {
			return new Outcome(lane.messages(), lane.ended());
		}
		StringBuilder bytes = new StringBuilder();
		lane.messages().forEach((message) -> bytes.append(message, message.indexOf(':') + 1, message.length()));
		return new Outcome(List.of(bytes.toString()), lane.ended());
	}

	private static void requireBounded(int capacity, int piece) {
		require(capacity <= 2 * (MAX_PACKET_SIZE + piece) + SLACK, "keeps " + capacity + " bytes");
	}

	static void require(boolean condition, String problem) {
		if (!condition) {
			throw new AssertionError("The reader " + problem);
		}
	}

	/**
	 * Pieces of lengths that bytes say, again and again.
	 * @param lengths the bytes
	 * @return lengths of 1 to 256
	 */
	static IntUnaryOperator pieces(byte... lengths) {
		byte[] copy = Arrays.copyOf(lengths, lengths.length);
		return (index) -> 1 + (copy[index % copy.length] & 0xFF);
	}

	/**
	 * The outcome of a stream.
	 *
	 * @param messages its messages
	 * @param ended the reason of its end, {@code null} if it did not end
	 */
	private record Outcome(List<String> messages, @Nullable CloseReason ended) {
	}

}
