package io.zinx.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;

import io.netty.buffer.Unpooled;
import io.zinx.link.FirstBytes.Match;
import io.zinx.link.FirstBytes.Protocol;
import io.zinx.testing.ProxyHeaderBytes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirstBytesTests {

	private static @Nullable Protocol decide(byte[] bytes) {
		return decide(bytes, true, true, true);
	}

	private static @Nullable Protocol decide(byte[] bytes, boolean proxy, boolean tls, boolean http) {
		return FirstBytes.decide(Unpooled.wrappedBuffer(bytes), proxy, tls, http);
	}

	static Stream<Arguments> begins() {
		return Stream.of(begin(Protocol.PROXY, "PROXY ".getBytes(StandardCharsets.US_ASCII)),
				begin(Protocol.PROXY, ProxyHeaderBytes.SIGNATURE),
				begin(Protocol.TLS, HexFormat.of().parseHex("160301000101")),
				begin(Protocol.TLS, HexFormat.of().parseHex("160303410001")),
				begin(Protocol.TLS, HexFormat.of().parseHex("160304020001")),
				begin(Protocol.HTTP, "GET /".getBytes(StandardCharsets.US_ASCII)),
				begin(Protocol.HTTP, "HEAD ".getBytes(StandardCharsets.US_ASCII)));
	}

	private static Arguments begin(Protocol protocol, byte[] bytes) {
		return Arguments.of(protocol, bytes);
	}

	@ParameterizedTest
	@MethodSource("begins")
	void aProtocolIsKnownByItsBeginAndNotBefore(Protocol protocol, byte[] begin) {
		for (int length = 0; length < begin.length; length++) {
			assertThat(decide(Arrays.copyOf(begin, length))).as("after %s bytes", length).isNull();
		}
		assertThat(decide(begin)).isEqualTo(protocol);
		assertThat(decide(Arrays.copyOf(begin, 600))).isEqualTo(protocol);
	}

	@ParameterizedTest
	@MethodSource("begins")
	void theFirstByteThatDiffersDecides(Protocol protocol, byte[] begin) {
		for (int index = 0; index < begin.length; index++) {
			if (protocol == Protocol.TLS && index == 4) {
				continue; // any length
			}
			byte[] other = Arrays.copyOf(begin, index + 1);
			other[index] ^= (byte) 0x80;
			assertThat(decide(other)).as("%s differs at %s", protocol, index).isEqualTo(Protocol.MESSAGES);
		}
	}

	@ParameterizedTest
	@MethodSource("begins")
	void whatIsSwitchedOffIsAMessage(Protocol protocol, byte[] begin) {
		assertThat(decide(begin, protocol != Protocol.PROXY, protocol != Protocol.TLS, protocol != Protocol.HTTP))
			.isEqualTo(Protocol.MESSAGES);
	}

	@ParameterizedTest
	@ValueSource(strings = { "160300000101", "160305000101", "160301000001", "160301410101", "160301420001",
			"160301000102", "170301000101", "160201000101" })
	void aRecordThatNoClientBeginsWithIsAMessage(String hex) {
		assertThat(decide(HexFormat.of().parseHex(hex))).isEqualTo(Protocol.MESSAGES);
	}

	@Test
	void nothingIsDecidedByNothing() {
		assertThat(decide(new byte[0], false, false, false)).isNull();
	}

	/**
	 * With the two formats whose head has eight bytes, the decision needs no more than
	 * the head, and is never another one than messages.
	 */
	@Test
	void noFrameUpTo65535BytesLooksLikeAnotherProtocol() {
		Random random = new Random(1);
		byte[][] begins = begins().map((begin) -> (byte[]) begin.get()[1]).toArray(byte[][]::new);
		for (int round = 0; round < 200_000; round++) {
			byte[] like = Arrays.copyOf(begins[round % begins.length], 8);
			int tag = (round % 3 == 0) ? random.nextInt() : ByteBuffer.wrap(like).getInt();
			int length = (round % 7 == 0) ? 65_535 : random.nextInt(65_536);
			byte[] tlv = ByteBuffer.allocate(8).putInt(tag).putInt(length).array();
			assertThat(decide(tlv)).as(() -> HexFormat.of().formatHex(tlv)).isEqualTo(Protocol.MESSAGES);
			byte[] ltv = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(length).putInt(tag).array();
			assertThat(decide(ltv)).as(() -> HexFormat.of().formatHex(ltv)).isEqualTo(Protocol.MESSAGES);
		}
	}

	@Test
	void theShortestFramesThatLookLikeTlsAreLonger() {
		byte[] tlv = ByteBuffer.allocate(8).putInt(0x16030100).putInt(0x0101_0000).array();
		assertThat(decide(tlv)).isEqualTo(Protocol.TLS);
		byte[] shortest = ByteBuffer.allocate(8).putInt(0x16030101).putInt(65_536).array();
		assertThat(decide(shortest)).isEqualTo(Protocol.TLS);
		byte[] ltv = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(66_326).putInt(0x0101).array();
		assertThat(decide(ltv)).isEqualTo(Protocol.TLS);
	}

	@Test
	void aHeaderWithValuesHasABoundButOneThatIsSkippedHasNone() {
		byte[] longest = ProxyHeaderBytes.v2(0x21, 0x11, new byte[4080]);
		assertThat(isShortEnough(Arrays.copyOf(longest, 15))).isEqualTo(Match.MAYBE);
		assertThat(isShortEnough(Arrays.copyOf(longest, 16))).isEqualTo(Match.YES);
		assertThat(isShortEnough(ProxyHeaderBytes.v2(0x21, 0x11, new byte[4081]))).isEqualTo(Match.NO);
		assertThat(isShortEnough(ProxyHeaderBytes.local(new byte[65_535]))).isEqualTo(Match.YES);
		assertThat(isShortEnough("PROXY ".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Match.YES);
	}

	private static Match isShortEnough(byte[] bytes) {
		return FirstBytes.isShortEnough(Unpooled.wrappedBuffer(bytes));
	}

}
