package io.zinx.message;

import io.netty.buffer.ByteBuf;

/**
 * A message body that writes itself into the outgoing frame, without an intermediate
 * array. A request is one, so that forwarding it copies its bytes only once:
 *
 * <pre class="code">
 * connection.send(7, request);</pre>
 */
public interface Body {

	/**
	 * The length of the body.
	 * @return bytes
	 */
	int bodyLength();

	/**
	 * Write the body: exactly {@link #bodyLength()} bytes. Called on the thread that
	 * sends, while the connection's outbound queue is locked, so it must do nothing else.
	 * @param out the buffer to write to, at its writer index
	 */
	void writeBody(ByteBuf out);

}
