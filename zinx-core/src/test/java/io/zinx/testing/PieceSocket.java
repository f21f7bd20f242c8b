package io.zinx.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A socket that sends what it is given in small pieces, so that the other side reads
 * parts of it.
 */
public final class PieceSocket extends LoopbackSocket {

	private static final int PIECE = 500;

	/**
	 * Connect to a port of this machine.
	 * @param port the port
	 * @throws IOException if nobody listens there
	 */
	public PieceSocket(int port) throws IOException {
		super(port, 0);
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new FilterOutputStream(super.getOutputStream()) {
			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				for (int at = 0; at < length; at += PIECE) {
					this.out.write(bytes, offset + at, Math.min(PIECE, length - at));
					Thread.onSpinWait();
				}
			}
		};
	}

}
