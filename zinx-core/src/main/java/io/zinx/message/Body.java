package io.zinx.message;

import io.netty.buffer.ByteBuf;

/**
 * A body that writes itself where it is sent, without an array in between. A request is
 * one, so that forwarding it copies its bytes only once:
 *
 * <pre class="code">
 * connection.send(7, request);</pre>
 */
public interface Body {

	/**
	 * How long the body is.
	 * @return bytes
	 */
	int bodyLength();

	/**
	 * Write the body. Called while the connection's way out is locked, on the thread that
	 * sends: it must write as many bytes as it said, and do nothing else.
	 * @param out where to write it, behind what is there
	 */
	void writeBody(ByteBuf out);

}
