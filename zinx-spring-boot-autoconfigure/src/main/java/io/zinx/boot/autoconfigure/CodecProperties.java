package io.zinx.boot.autoconfigure;

import java.util.Locale;

import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Properties of the wire formats, each format a group below {@code zinx}.
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
		 * First byte of each frame that the server sends, with codec 'htlv-crc'.
		 */
		private int replyHead = 0xA1;

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
		 * Byte order of the length field, with codec 'length-field'.
		 */
		private Order order = Order.BIG_ENDIAN;

		/**
		 * Maximum length of a frame that a client may send, including its head, with
		 * codec 'length-field'. Only limited by 'zinx.max-packet-size' if not set.
		 */
		private @Nullable DataSize maxFrameLength;

		/**
		 * Number of bytes of a frame before its length field, with codec 'length-field'.
		 */
		private int offset = 0;

		/**
		 * Number of bytes of the length field, with codec 'length-field': 1, 2, 3, 4 or
		 * 8.
		 */
		private int length = 4;

		/**
		 * Number to add to the value of the length field to get the number of bytes that
		 * follow it, with codec 'length-field'. Negative if the value also counts the
		 * length field itself or bytes before it.
		 */
		private int adjustment = 0;

		/**
		 * Number of bytes to remove from the start of each frame, with codec
		 * 'length-field'; the rest is the body of the message.
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
		 * Bytes that end each frame with codec 'delimiter', as hexadecimal digits.
		 * Defaults to a newline, with or without a carriage return before it.
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
		 * Number of bytes of every frame, with codec 'fixed', which requires it.
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
	 * Magic bytes before frames.
	 */
	public static class Magic {

		/**
		 * Magic bytes before each frame, as hexadecimal digits. None if not set. Not
		 * supported with the codecs 'delimiter' and 'raw'.
		 */
		private @Nullable String bytes;

		/**
		 * Action to take when received bytes do not begin with the magic bytes, or no
		 * valid frame follows these.
		 */
		private OnMismatch onMismatch = OnMismatch.CLOSE;

		/**
		 * Maximum amount of data to skip in search of the magic bytes of a frame, with
		 * 'zinx.magic.on-mismatch=resync'. A client that sends more without a valid frame
		 * is disconnected.
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
	 * First packet of a connection, before all frames.
	 */
	public static class FirstPacket {

		/**
		 * Message number with which the raw first packet of a connection is handled. No
		 * first packet is expected if not set.
		 */
		private @Nullable Long msgId;

		/**
		 * Number of bytes of the raw first packet of a connection. If neither length nor
		 * delimiter is set, the packet is all that the first read returns.
		 */
		private @Nullable Integer length;

		/**
		 * Bytes that end the raw first packet of a connection, as hexadecimal digits.
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
	 * Byte orders.
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
