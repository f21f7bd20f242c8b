package io.zinx.server;

import io.zinx.InvalidSettingException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.RawCodec;
import io.zinx.link.WebSocketSettings;
import org.jspecify.annotations.Nullable;

/**
 * The wire formats whose messages may be sent as text to WebSocket clients.
 */
final class WebSocketText {

	private WebSocketText() {
	}

	/**
	 * Check that messages are text if they are to be sent as text.
	 * @param settings the settings; {@code null} for none
	 * @param codec the wire format
	 * @throws InvalidSettingException if the head of a message is not text
	 */
	static void require(@Nullable WebSocketSettings settings, FrameCodec codec) {
		boolean text = codec instanceof RawCodec || codec instanceof DelimiterCodec;
		if (settings != null && settings.text() && !text) {
			throw new InvalidSettingException("websocket.text", true, "false with codec " + codec.name()
					+ ", because the head of its messages is not text; codecs raw and delimiter have none");
		}
	}

}
