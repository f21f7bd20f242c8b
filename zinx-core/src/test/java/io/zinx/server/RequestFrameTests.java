package io.zinx.server;

import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FirstPacketCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LengthField;
import io.zinx.codec.LengthFieldCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.routing.Request;
import io.zinx.testing.SocketClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RequestFrameTests {

	private static final String TLV = "000000070000000170";

	private static final String EMPTY_TLV = "0000000800000000";

	private static final String HTLV = "a2100e0102030405060708091011121314a687";

	static Stream<Arguments> frames() {
		FrameCodec tlv = new TlvCodec();
		byte[] magic = { (byte) 0xCA, (byte) 0xFE };
		return Stream.of(Arguments.of(tlv, "", List.of(TLV, EMPTY_TLV, TLV)),
				Arguments.of(new HtlvCrcCodec(), "", List.of(HTLV, "a21000dde2", HTLV)),
				Arguments.of(new MagicPrefixCodec(tlv, magic, OnMismatch.RESYNC), "dead",
						List.of("cafe" + TLV, "cafe" + EMPTY_TLV)),
				Arguments.of(new DelimiterCodec(), "", List.of("610a", "620d0a", "0a", "0d0a")),
				Arguments.of(new DelimiterCodec(new byte[] { 13, 10 }), "", List.of("610d0a", "0d0a")),
				Arguments.of(new LengthFieldCodec(new LengthField(ByteOrder.BIG_ENDIAN, 100, 1, 2, 0, 3)), "",
						List.of("ff00027071", "fe000172")),
				Arguments.of(new FirstPacketCodec(new FixedLengthCodec(4), 9, tlv), "",
						List.of("38393836", TLV, EMPTY_TLV)),
				Arguments.of(new FirstPacketCodec(new DelimiterCodec(), 9, tlv), "", List.of("38390d0a", TLV)),
				Arguments.of(new RawCodec(), "", List.of("706f")));
	}

	@ParameterizedTest
	@MethodSource("frames")
	void theWholeFrameIsReadableHoweverItArrives(FrameCodec codec, String garbage, List<String> frames) {
		byte[] stream = HexFormat.of().parseHex(garbage + String.join(garbage, frames));
		for (Setup setup : List.of(Setup.HASH_EPOLL, Setup.LOOP_NIO)) {
			assertThat(seen(setup, codec, List.of(stream))).isEqualTo(frames);
		}
		if (!(codec instanceof RawCodec)) {
			List<byte[]> pieces = Stream.iterate(0, (i) -> i < stream.length, (i) -> i + 1)
				.map((i) -> new byte[] { stream[i] })
				.toList();
			assertThat(seen(Setup.HASH_EPOLL, codec, pieces)).isEqualTo(frames);
		}
	}

	private static List<String> seen(Setup setup, FrameCodec codec, List<byte[]> pieces) {
		List<String> seen = new CopyOnWriteArrayList<>();
		int length = pieces.stream().mapToInt((piece) -> piece.length).sum();
		try (TestServer server = TestServer.start(setup.config().codec(codec),
				(routes) -> routes.fallback((request) -> seen.add(HexFormat.of().formatHex(request.frame()))));
				SocketClient client = server.connect()) {
			pieces.forEach(client::sendRaw);
			Awaitility.await().until(() -> server.metrics().bytesIn() == length);
			assertThat(server.onlyConnection().codec()).isSameAs(codec);
			client.shutdownOutput();
			server.awaitSize(0);
		}
		return seen;
	}

	@Test
	void whatIsNotAsItWasReceivedHasNoFrame() {
		List<String> failures = new CopyOnWriteArrayList<>();
		try (TestServer server = TestServer.start(ServerConfig.builder(), (routes) -> {
			routes.interceptor((request, chain) -> chain.proceed(request.withBody(request.body())));
			routes.add(7, (request) -> {
				assertThatIllegalStateException().isThrownBy(request::frame).withMessageContaining("no frame");
				Request copy = request.copy();
				assertThatIllegalStateException().isThrownBy(copy::frame).withMessageContaining("no frame");
				failures.add("both");
			});
		}); SocketClient client = server.connect()) {
			client.sendRaw(HexFormat.of().parseHex(TLV));
			Awaitility.await().until(() -> failures.equals(List.of("both")));
		}
	}

}
