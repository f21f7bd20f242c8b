package io.zinx.outbound;

import io.netty.buffer.ByteBuf;
import io.zinx.codec.FrameCodec;
import io.zinx.message.Body;
import io.zinx.message.Copying;

/**
 * How something that is sent becomes bytes on the wire: one for each kind, so that a send
 * makes no object.
 *
 * @param <T> what is sent
 */
public interface Encoding<T> {

	/** A message whose body is an array. */
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

	/** A message whose body is the readable bytes of a buffer. */
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
				throw new IllegalStateException("A body of " + length + " bytes wrote " + (out.writerIndex() - start)
						+ ": " + body.getClass().getName());
			}
		}
	};

	/** Bytes as they are, without head or tail. */
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

	/** The readable bytes of a buffer as they are, without head or tail. */
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
	 * How long what is sent is, without what the wire format adds.
	 * @param what what is sent
	 * @return bytes
	 */
	int length(T what);

	/**
	 * How many bytes it will be.
	 * @param codec the wire format
	 * @param msgId the message number, in range
	 * @param what what is sent
	 * @return bytes, or -1 if the wire format cannot express it
	 */
	long encodedLength(FrameCodec codec, long msgId, T what);

	/**
	 * Write it.
	 * @param codec the wire format
	 * @param msgId the message number
	 * @param what what is sent
	 * @param length what {@link #encodedLength} has said: what is sent is not asked
	 * again, as it may say something else the next time
	 * @param out where to
	 * @throws IllegalStateException if what is sent is of another length
	 */
	void write(FrameCodec codec, long msgId, T what, int length, ByteBuf out);

	/**
	 * As how many messages it counts.
	 * @return 1, or 0 for raw bytes
	 */
	int messages();

}
