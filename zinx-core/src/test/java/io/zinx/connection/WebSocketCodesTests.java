package io.zinx.connection;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.zinx.link.WebSocketClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketCodesTests {

	private static final Map<CloseReason, Integer> CODES = Map.ofEntries(Map.entry(CloseReason.PEER_CLOSED, 1000),
			Map.entry(CloseReason.HANDLER, 1000), Map.entry(CloseReason.SERVER_STOPPING, 1012),
			Map.entry(CloseReason.DRAINED, 1012), Map.entry(CloseReason.MAX_AGE, 1012),
			Map.entry(CloseReason.CORRUPT_FRAME, 1002), Map.entry(CloseReason.BAD_CHECKSUM, 4015),
			Map.entry(CloseReason.FRAME_TOO_LONG, 1009), Map.entry(CloseReason.HANDSHAKE_FAILED, 1008),
			Map.entry(CloseReason.INTERNAL_ERROR, 1011), Map.entry(CloseReason.REJECTED, 1013),
			Map.entry(CloseReason.KICKED, 4001), Map.entry(CloseReason.REPLACED, 4002),
			Map.entry(CloseReason.SLOW_CONSUMER, 4008), Map.entry(CloseReason.IDLE, 4010),
			Map.entry(CloseReason.HEARTBEAT_MISSED, 4011), Map.entry(CloseReason.MESSAGE_TIMEOUT, 4012),
			Map.entry(CloseReason.INBOUND_FULL, 4013), Map.entry(CloseReason.RESET, 4014));

	@Test
	void eachReasonOfAnEndHasItsCode() {
		assertThat(CODES).containsOnlyKeys(CloseReason.values());
		for (CloseReason reason : CloseReason.values()) {
			assertThat(WebSocketCodes.of(reason)).as(reason.tag())
				.isEqualTo(new WebSocketClose(Objects.requireNonNull(CODES.get(reason)), reason.tag()));
		}
	}

	@Test
	void eachReasonOfARejectionHasItsCode() {
		assertThat(WebSocketCodes.of(RejectReason.MAX_CONN)).isEqualTo(new WebSocketClose(1013, "max-conn"));
		assertThat(WebSocketCodes.of(RejectReason.SERVER_STOPPING))
			.isEqualTo(new WebSocketClose(1012, "server-stopping"));
		assertThat(RejectReason.values()).hasSize(2);
	}

	@Test
	void everyCodeMayBeSentAndEveryTextIsShortEnough() {
		Stream<WebSocketClose> ends = Stream.of(CloseReason.values()).map(WebSocketCodes::of);
		Stream<WebSocketClose> rejections = Stream.of(RejectReason.values()).map(WebSocketCodes::of);
		assertThat(Stream.concat(ends, rejections)).allSatisfy((close) -> {
			assertThat(WebSocketCloseStatus.isValidStatusCode(close.code())).isTrue();
			assertThat(close.text().length()).isBetween(1, 123);
		});
	}

	/**
	 * A client that follows the advice of the codes (see docs/websocket.md) connects
	 * again exactly where the reason says so.
	 */
	@Test
	void codesAgreeWithTheAdviceToConnectAgain() {
		List<Integer> never = List.of(1002, 1008, 1009, 4001, 4002);
		for (CloseReason reason : CloseReason.values()) {
			boolean again = !never.contains(WebSocketCodes.of(reason).code());
			assertThat(again).as(reason.tag()).isEqualTo(reason.reconnect());
		}
	}

}
