package io.zinx.codec;

import io.netty.buffer.ByteBuf;

/**
 * CRC-16/MODBUS: polynomial 0x8005 reflected to 0xA001, initial value 0xFFFF, no final
 * exclusive or. The check value of {@code "123456789"} is 0x4B37.
 */
final class ModbusCrc {

	private static final int INITIAL = 0xFFFF;

	private static final int POLYNOMIAL = 0xA001;

	private static final short[] TABLE = table();

	private ModbusCrc() {
	}

	/**
	 * Compute the checksum of a range of bytes.
	 * @param in the buffer with the bytes
	 * @param from the absolute index of the first one
	 * @param to the absolute index behind the last one
	 * @return 0 to 0xFFFF
	 */
	static int of(ByteBuf in, int from, int to) {
		int crc = INITIAL;
		for (int index = from; index < to; index++) {
			crc = (crc >>> 8) ^ (TABLE[(crc ^ in.getByte(index)) & 0xFF] & 0xFFFF);
		}
		return crc;
	}

	private static short[] table() {
		short[] table = new short[256];
		for (int index = 0; index < table.length; index++) {
			int crc = index;
			for (int bit = 0; bit < 8; bit++) {
				crc = ((crc & 1) != 0) ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
			}
			table[index] = (short) crc;
		}
		return table;
	}

}
