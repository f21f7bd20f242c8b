package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Body;
import io.zinx.message.Copying;

/**
 * The encoding of one kind of payload into bytes on the wire; a shared constant for each
 * kind, so that a send allocates no object.
 *
 * @param <T> the type of the payload
 */
public interface Encoding<T> {

	/** Messages whose body is an array. */
	Encoding<byte[]> MESSAGE = new MessageEncoding<>() {
		@Override
		public int length(byte[] body) {
			return body.length;
		}

		@Override
		void writeBody(byte[] body, int length, ByteBuf out) {
			out.writeBytes(body);
		}
	};

	/** Messages whose body is the readable bytes of a buffer. */
	Encoding<ByteBuf> MESSAGE_BUFFER = new MessageEncoding<>() {
		@Override
		public int length(ByteBuf body) {
			return body.readableBytes();
		}

		@Override
		void writeBody(ByteBuf body, int length, ByteBuf out) {
			Copying.copy(body, body.readerIndex(), length, out);
		}
	};

	/** Messages whose bodies write themselves. */
	Encoding<Body> MESSAGE_BODY = new MessageEncoding<>() {
		@Override
		public int length(Body body) {
			return body.bodyLength();
		}

		@Override
		void writeBody(Body body, int length, ByteBuf out) {
			int start = out.writerIndex();
			body.writeBody(out);
			if (out.writerIndex() - start != length) {
				throw new IllegalStateException(body.getClass().getName() + " declared a body of " + length
						+ " bytes, but wrote " + (out.writerIndex() - start));
			}
		}
	};

	/** Raw bytes, without head or tail. */
	Encoding<byte[]> RAW = new RawEncoding<>() {
		@Override
		public int length(byte[] bytes) {
			return bytes.length;
		}

		@Override
		public void write(FrameCodec codec, long msgId, byte[] bytes, int length, ByteBuf out) {
			out.writeBytes(bytes);
		}
	};

	/** Raw readable bytes of a buffer, without head or tail. */
	Encoding<ByteBuf> RAW_BUFFER = new RawEncoding<>() {
		@Override
		public int length(ByteBuf bytes) {
			return bytes.readableBytes();
		}

		@Override
		public void write(FrameCodec codec, long msgId, ByteBuf bytes, int length, ByteBuf out) {
			Copying.copy(bytes, bytes.readerIndex(), length, out);
		}
	};

	/**
	 * The length of the payload, without the bytes that the wire format adds.
	 * @param what the payload
	 * @return bytes
	 */
	int length(T what);

	/**
	 * The length of the frame.
	 * @param codec the wire format
	 * @param msgId the message number, in range
	 * @param what the payload
	 * @return bytes, or -1 if the wire format cannot express it
	 */
	long encodedLength(FrameCodec codec, long msgId, T what);

	/**
	 * Write the frame.
	 * @param codec the wire format
	 * @param msgId the message number
	 * @param what the payload
	 * @param length the result of {@link #encodedLength}, because the payload may return
	 * another length the next time
	 * @param out the buffer to write to
	 * @throws IllegalStateException if the payload has another length
	 */
	void write(FrameCodec codec, long msgId, T what, int length, ByteBuf out);

	/**
	 * The number of messages it counts as.
	 * @return 1, or 0 for raw bytes
	 */
	int messages();

}
