package io.zinx.pipeline;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Counts the buffers it makes, and how often bytes in them are looked at: up to eight of
 * them at once.
 */
final class CountingAllocator extends AbstractByteBufAllocator {

	private long looks;

	private long buffers;

	CountingAllocator() {
		super(false);
	}

	/**
	 * A buffer that was read. It is not counted; looks at its bytes are.
	 */
	ByteBuf read(byte[] bytes, int from, int length) {
		return new Counted(length, length).writeBytes(bytes, from, length);
	}

	long looks() {
		return this.looks;
	}

	long buffers() {
		return this.buffers;
	}

	@Override
	protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
		this.buffers++;
		return new Counted(initialCapacity, maxCapacity);
	}

	@Override
	protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
		return newHeapBuffer(initialCapacity, maxCapacity);
	}

	@Override
	public boolean isDirectBufferPooled() {
		return false;
	}

	private final class Counted extends UnpooledHeapByteBuf {

		Counted(int initialCapacity, int maxCapacity) {
			super(UnpooledByteBufAllocator.DEFAULT, initialCapacity, maxCapacity);
		}

		@Override
		protected byte _getByte(int index) {
			CountingAllocator.this.looks++;
			return super._getByte(index);
		}

		@Override
		protected short _getShort(int index) {
			CountingAllocator.this.looks++;
			return super._getShort(index);
		}

		@Override
		protected short _getShortLE(int index) {
			CountingAllocator.this.looks++;
			return super._getShortLE(index);
		}

		@Override
		protected int _getInt(int index) {
			CountingAllocator.this.looks++;
			return super._getInt(index);
		}

		@Override
		protected int _getIntLE(int index) {
			CountingAllocator.this.looks++;
			return super._getIntLE(index);
		}

		@Override
		protected long _getLong(int index) {
			CountingAllocator.this.looks++;
			return super._getLong(index);
		}

		@Override
		protected long _getLongLE(int index) {
			CountingAllocator.this.looks++;
			return super._getLongLE(index);
		}

	}

}
