package io.zinx.testing;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import org.jspecify.annotations.Nullable;

/**
 * A socket that divides what it sends at one place.
 */
final class DividedSocket extends LoopbackSocket {

	private final int at;

	private final Runnable between;

	private @Nullable OutputStream out;

	/**
	 * Connect to a port of this machine.
	 * @param port the port
	 * @param at the size of the first piece in bytes
	 * @param between run when the first piece is sent
	 * @throws IOException if nobody listens there
	 */
	DividedSocket(int port, int at, Runnable between) throws IOException {
		super(port, 0);
		this.at = at;
		this.between = between;
	}

	@Override
	public synchronized OutputStream getOutputStream() throws IOException {
		if (this.out == null) {
			this.out = new DividedStream(super.getOutputStream(), this.at, this.between);
		}
		return this.out;
	}

	/**
	 * The stream, one for all who write.
	 */
	private static final class DividedStream extends FilterOutputStream {

		private final Runnable between;

		private int firstPiece;

		DividedStream(OutputStream out, int firstPiece, Runnable between) {
			super(out);
			this.firstPiece = firstPiece;
			this.between = between;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			int now = Math.min(length, this.firstPiece);
			this.out.write(bytes, offset, now);
			if (now > 0) {
				this.firstPiece -= now;
				if (this.firstPiece == 0) {
					this.between.run();
				}
			}
			this.out.write(bytes, offset + now, length - now);
		}

	}

}
