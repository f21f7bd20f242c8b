package io.zinx.codec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
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
		try (InputStream in = WireVectors.class.getResourceAsStream("/zinx-vectors.json")) {
			JsonNode all = new JsonMapper().readTree(Objects.requireNonNull(in)).get("vectors");
			List<Vector> vectors = StreamSupport.stream(all.spliterator(), false)
				.filter((node) -> node.get("Format").asString().equals(codec.name()))
				.map(WireVectors::vector)
				.toList();
			if (vectors.isEmpty()) {
				throw new IllegalStateException("No vectors for " + codec.name());
			}
			return vectors;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
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

}
