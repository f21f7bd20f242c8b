package io.zinx.boot.autoconfigure;

import java.util.Locale;

import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Properties of single wire formats, each a group below {@code zinx}.
 */
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public final class CodecProperties {

	private CodecProperties() {
	}

	/**
	 * Format 'htlv-crc'.
	 */
	public static class HtlvCrc {

		/**
		 * First byte of each frame the server sends, with codec 'htlv-crc'.
		 */
		private int replyHead = HtlvCrcCodec.DEFAULT_REPLY_HEAD;

		public int getReplyHead() {
			return this.replyHead;
		}

		public void setReplyHead(int replyHead) {
			this.replyHead = replyHead;
		}

	}

	/**
	 * Format 'length-field'.
	 */
	public static class LengthField {

		/**
		 * Order of the bytes of the length field, with codec 'length-field'.
		 */
		private Order order = Order.BIG_ENDIAN;

		/**
		 * Longest frame a client may send, head included. No bound but
		 * 'zinx.max-packet-size' if not set.
		 */
		private @Nullable DataSize maxFrameLength;

		/**
		 * Number of bytes that come before the length field.
		 */
		private int offset = 0;

		/**
		 * Number of bytes of the length field: 1, 2, 3, 4 or 8.
		 */
		private int length = 4;

		/**
		 * Number to add to the length field's value to get the number of bytes that come
		 * after it. Negative if it counts bytes that come before its end.
		 */
		private int adjustment = 0;

		/**
		 * Number of bytes of a frame that come before the body that routers are given.
		 */
		private int strip = 0;

		public Order getOrder() {
			return this.order;
		}

		public void setOrder(Order order) {
			this.order = order;
		}

		public @Nullable DataSize getMaxFrameLength() {
			return this.maxFrameLength;
		}

		public void setMaxFrameLength(@Nullable DataSize maxFrameLength) {
			this.maxFrameLength = maxFrameLength;
		}

		public int getOffset() {
			return this.offset;
		}

		public void setOffset(int offset) {
			this.offset = offset;
		}

		public int getLength() {
			return this.length;
		}

		public void setLength(int length) {
			this.length = length;
		}

		public int getAdjustment() {
			return this.adjustment;
		}

		public void setAdjustment(int adjustment) {
			this.adjustment = adjustment;
		}

		public int getStrip() {
			return this.strip;
		}

		public void setStrip(int strip) {
			this.strip = strip;
		}

	}

	/**
	 * Format 'delimiter'.
	 */
	public static class Delimiter {

		/**
		 * Bytes that end each frame with codec 'delimiter', in hex. A newline, with or
		 * without a carriage return before it, if not set.
		 */
		private @Nullable String bytes;

		public @Nullable String getBytes() {
			return this.bytes;
		}

		public void setBytes(@Nullable String bytes) {
			this.bytes = bytes;
		}

	}

	/**
	 * Format 'fixed'.
	 */
	public static class Fixed {

		/**
		 * Number of bytes of every frame with codec 'fixed', which needs it.
		 */
		private int length = 0;

		public int getLength() {
			return this.length;
		}

		public void setLength(int length) {
			this.length = length;
		}

	}

	/**
	 * Magic bytes in front of frames.
	 */
	public static class Magic {

		/**
		 * Bytes in front of each frame, in hex. None if not set. Not for the codecs
		 * 'delimiter' and 'raw'.
		 */
		private @Nullable String bytes;

		/**
		 * What to do about received bytes that do not begin so, or are no frame behind
		 * them.
		 */
		private OnMismatch onMismatch = OnMismatch.CLOSE;

		/**
		 * Most bytes to skip before and between frames, with 'on-mismatch=resync'. A
		 * client that sends more without a frame is disconnected.
		 */
		private DataSize maxSkipped = DataSize.ofMegabytes(1);

		public @Nullable String getBytes() {
			return this.bytes;
		}

		public void setBytes(@Nullable String bytes) {
			this.bytes = bytes;
		}

		public OnMismatch getOnMismatch() {
			return this.onMismatch;
		}

		public void setOnMismatch(OnMismatch onMismatch) {
			this.onMismatch = onMismatch;
		}

		public DataSize getMaxSkipped() {
			return this.maxSkipped;
		}

		public void setMaxSkipped(DataSize maxSkipped) {
			this.maxSkipped = maxSkipped;
		}

	}

	/**
	 * A first packet in front of all frames.
	 */
	public static class FirstPacket {

		/**
		 * Number of the message as which a raw first packet arrives. There is no such
		 * packet if not set.
		 */
		private @Nullable Long msgId;

		/**
		 * Number of bytes of the first packet. What the first read brings if neither this
		 * nor a delimiter is set.
		 */
		private @Nullable Integer length;

		/**
		 * Bytes that end the first packet, in hex.
		 */
		private @Nullable String delimiter;

		public @Nullable Long getMsgId() {
			return this.msgId;
		}

		public void setMsgId(@Nullable Long msgId) {
			this.msgId = msgId;
		}

		public @Nullable Integer getLength() {
			return this.length;
		}

		public void setLength(@Nullable Integer length) {
			this.length = length;
		}

		public @Nullable String getDelimiter() {
			return this.delimiter;
		}

		public void setDelimiter(@Nullable String delimiter) {
			this.delimiter = delimiter;
		}

	}

	/**
	 * Orders of bytes.
	 */
	public enum Order {

		/** Highest byte first. */
		BIG_ENDIAN,

		/** Lowest byte first. */
		LITTLE_ENDIAN;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
