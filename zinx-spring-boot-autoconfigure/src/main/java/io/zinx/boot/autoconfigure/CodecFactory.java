package io.zinx.boot.autoconfigure;

import java.nio.ByteOrder;
import java.util.HexFormat;

import io.zinx.InvalidSettingException;
import io.zinx.codec.DelimiterCodec;
import io.zinx.codec.FirstPacketCodec;
import io.zinx.codec.FixedLengthCodec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.LengthField;
import io.zinx.codec.LengthFieldCodec;
import io.zinx.codec.LtvCodec;
import io.zinx.codec.MagicPrefixCodec;
import io.zinx.codec.RawCodec;
import io.zinx.codec.TlvCodec;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Creates the codec that the properties describe.
 */
final class CodecFactory {

	private static final int LONGEST_FIRST_PACKET = 1 << 30;

	private static final int LONGEST_HEX = 64;

	private final ServerProperties properties;

	CodecFactory(ServerProperties properties) {
		this.properties = properties;
	}

	/**
	 * Create the codec.
	 * @return the codec
	 * @throws InvalidSettingException if a property has an invalid value
	 */
	FrameCodec create() {
		return withFirstPacket(withMagic(plain()));
	}

	/**
	 * Check that no property is set that has no effect on a codec bean of the
	 * application.
	 * @param codec the application's codec
	 * @throws InvalidSettingException if one is set
	 */
	void requireUnwrapped(FrameCodec codec) {
		String expected = "not set, because the bean of type " + codec.getClass().getName()
				+ " is used without changes. Wrap that codec in a ";
		if (StringUtils.hasLength(this.properties.getMagic().getBytes())) {
			throw new InvalidSettingException("magic.bytes", this.properties.getMagic().getBytes(),
					expected + MagicPrefixCodec.class.getSimpleName());
		}
		if (this.properties.getFirstPacket().getMsgId() != null) {
			throw new InvalidSettingException("first-packet.msg-id", this.properties.getFirstPacket().getMsgId(),
					expected + FirstPacketCodec.class.getSimpleName());
		}
	}

	private FrameCodec plain() {
		return switch (this.properties.getCodec()) {
			case TLV -> new TlvCodec();
			case LTV -> new LtvCodec();
			case HTLV_CRC -> new HtlvCrcCodec(this.properties.getHtlvCrc().getReplyHead());
			case LENGTH_FIELD -> new LengthFieldCodec(lengthField(this.properties.getLengthField()));
			case DELIMITER -> delimiter("delimiter.bytes", this.properties.getDelimiter().getBytes());
			case FIXED -> new FixedLengthCodec(requireLength(this.properties.getFixed().getLength()));
			case RAW -> new RawCodec();
		};
	}

	/**
	 * Refuse the default, which is no length.
	 */
	private static int requireLength(int length) {
		if (length == 0) {
			throw new InvalidSettingException("fixed.length", null, "1 or more bytes with codec=fixed");
		}
		return length;
	}

	private static LengthField lengthField(CodecProperties.LengthField field) {
		ByteOrder order = switch (field.getOrder()) {
			case BIG_ENDIAN -> ByteOrder.BIG_ENDIAN;
			case LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
		};
		DataSize max = field.getMaxFrameLength();
		if (max != null && max.isNegative()) {
			throw new InvalidSettingException("length-field.max-frame-length", max, "0 bytes or more");
		}
		return new LengthField(order, (max != null) ? max.toBytes() : LengthField.UNBOUNDED, field.getOffset(),
				field.getLength(), field.getAdjustment(), field.getStrip());
	}

	private static FrameCodec delimiter(String setting, @Nullable String bytes) {
		return StringUtils.hasLength(bytes) ? new DelimiterCodec(hex(setting, bytes)) : new DelimiterCodec();
	}

	private FrameCodec withMagic(FrameCodec codec) {
		CodecProperties.Magic magic = this.properties.getMagic();
		String bytes = magic.getBytes();
		if (!StringUtils.hasLength(bytes)) {
			return codec;
		}
		return new MagicPrefixCodec(codec, hex("magic.bytes", bytes), magic.getOnMismatch(),
				magic.getMaxSkipped().toBytes());
	}

	private FrameCodec withFirstPacket(FrameCodec codec) {
		CodecProperties.FirstPacket packet = this.properties.getFirstPacket();
		if (packet.getMsgId() != null) {
			return new FirstPacketCodec(firstPacket(packet), packet.getMsgId(), codec);
		}
		if (packet.getLength() != null) {
			throw new InvalidSettingException("first-packet.length", packet.getLength(),
					"set together with first-packet.msg-id");
		}
		if (StringUtils.hasLength(packet.getDelimiter())) {
			throw new InvalidSettingException("first-packet.delimiter", packet.getDelimiter(),
					"set together with first-packet.msg-id");
		}
		return codec;
	}

	private FrameCodec firstPacket(CodecProperties.FirstPacket packet) {
		Integer length = packet.getLength();
		if (StringUtils.hasLength(packet.getDelimiter())) {
			if (length != null) {
				throw new InvalidSettingException("first-packet.length", length,
						"not set together with first-packet.delimiter");
			}
			return delimiter("first-packet.delimiter", packet.getDelimiter());
		}
		if (length == null) {
			return new RawCodec();
		}
		long most = Math.min(LONGEST_FIRST_PACKET, Math.max(1, this.properties.getMaxPacketSize().toBytes()));
		return new FixedLengthCodec((int) InvalidSettingException.requireBytes("first-packet.length", length, 1, most));
	}

	private static byte[] hex(String setting, String digits) {
		try {
			byte[] bytes = HexFormat.of().parseHex(digits);
			if (bytes.length > 0 && bytes.length <= LONGEST_HEX) {
				return bytes;
			}
		}
		catch (IllegalArgumentException ex) {
			// Reported below.
		}
		throw new InvalidSettingException(setting, digits,
				"1 to " + LONGEST_HEX + " bytes of two hex digits each, for example 0d0a");
	}

}
