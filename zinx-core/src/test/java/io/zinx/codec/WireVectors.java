package io.zinx.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Frames made by the Go original.
 */
public final class WireVectors {

	private WireVectors() {
	}

	/**
	 * All vectors of one format.
	 * @param codec the format
	 * @return the vectors, at least one
	 */
	public static List<Vector> of(FrameCodec codec) {
		List<Vector> vectors = stream("vectors").filter((node) -> node.get("Format").asString().equals(codec.name()))
			.map(WireVectors::vector)
			.toList();
		if (vectors.isEmpty()) {
			throw new IllegalStateException("No vectors for " + codec.name());
		}
		return vectors;
	}

	/**
	 * All vectors of the configurable length field.
	 * @return the vectors
	 */
	public static List<LengthFieldVector> ofLengthField() {
		return stream("lengthField").map(WireVectors::lengthField).toList();
	}

	private static Stream<JsonNode> stream(String name) {
		try (InputStream in = WireVectors.class.getResourceAsStream("/zinx-vectors.json")) {
			JsonNode all = new JsonMapper().readTree(Objects.requireNonNull(in)).get(name);
			return StreamSupport.stream(all.spliterator(), false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static LengthFieldVector lengthField(JsonNode node) {
		LengthField field = new LengthField(ByteOrder.BIG_ENDIAN, node.get("MaxFrameLength").asLong(),
				node.get("Offset").asInt(), node.get("Length").asInt(), node.get("Adjustment").asInt(),
				node.get("Strip").asInt());
		List<String> frames = StreamSupport.stream(node.get("Frames").spliterator(), false)
			.map(JsonNode::asString)
			.toList();
		return new LengthFieldVector(node.get("Name").asString(), field, node.get("Stream").asString(), frames);
	}

	private static Vector vector(JsonNode node) {
		HexFormat hex = HexFormat.of();
		return new Vector(node.get("Name").asString(), node.get("MsgId").asLong(),
				hex.parseHex(node.get("Body").asString()), hex.parseHex(node.get("Frame").asString()));
	}

	/**
	 * A message and its frame.
	 *
	 * @param name what it shows
	 * @param msgId the message number
	 * @param body the body
	 * @param frame the frame
	 */
	@SuppressWarnings("ArrayRecordComponent")
	public record Vector(String name, long msgId, byte[] body, byte[] frame) {

		@Override
		public String toString() {
			return this.name;
		}

	}

	/**
	 * A stream and what is cut out of it.
	 *
	 * @param name what it shows
	 * @param field the parameters
	 * @param stream the bytes in hex
	 * @param frames what is emitted, each in hex
	 */
	public record LengthFieldVector(String name, LengthField field, String stream, List<String> frames) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
