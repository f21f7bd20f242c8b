package io.zinx.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import io.netty.util.concurrent.FastThreadLocal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadBuffersTests {

	private final ExtendedHandle handle = new ReadBuffers().newHandle();

	private final List<ByteBuf> held = new ArrayList<>();

	@AfterEach
	void giveBackWhatAnEventLoopGivesBackAtItsEnd() {
		this.held.forEach(ByteBuf::release);
		FastThreadLocal.removeAll();
	}

	@Test
	void usesTheSameMemoryAgainOnceItIsGivenBack() {
		ByteBuf first = read("one");
		long address = first.memoryAddress();
		first.release();
		ByteBuf second = hold(read("two"));
		assertThat(second.memoryAddress()).isEqualTo(address);
		assertThat(text(second)).isEqualTo("two");
	}

	@Test
	void readsBehindWhatIsStillHeld() {
		ByteBuf first = hold(read("one"));
		ByteBuf second = hold(read("two"));
		ByteBuf third = hold(read("three"));
		assertThat(List.of(text(first), text(second), text(third))).containsExactly("one", "two", "three");
		assertThat(third.memoryAddress()).isEqualTo(first.memoryAddress() + 6);
	}

	@Test
	void roomThatWasNotUsedIsHandedOutAgain() {
		ByteBuf first = hold(read("one"));
		read("").release();
		assertThat(hold(read("two")).memoryAddress()).isEqualTo(first.memoryAddress() + 3);
	}

	@Test
	void keepsNothingOfManyConnectionsApartFromWhatIsHeld() {
		Set<Long> blocks = new HashSet<>();
		for (int i = 0; i < 1000; i++) {
			ByteBuf buffer = read("message " + i);
			blocks.add(buffer.memoryAddress());
			buffer.release();
		}
		assertThat(blocks).hasSize(1);
	}

	@Test
	void readsIntoSmallBuffersWhileAllBlocksAreHeld() {
		int blocks = 0;
		ByteBuf room = hold(this.handle.allocate(ByteBufAllocator.DEFAULT));
		while (room.capacity() == 64 * 1024) {
			blocks++;
			fill(room);
			room = hold(this.handle.allocate(ByteBufAllocator.DEFAULT));
		}
		assertThat(blocks).isEqualTo(16);
		assertThat(room.capacity()).isEqualTo(8 * 1024);
		this.held.remove(0).release();
		assertThat(hold(this.handle.allocate(ByteBufAllocator.DEFAULT)).capacity()).isEqualTo(64 * 1024);
	}

	private ByteBuf read(String text) {
		ByteBuf buffer = this.handle.allocate(ByteBufAllocator.DEFAULT);
		buffer.writeCharSequence(text, StandardCharsets.US_ASCII);
		this.handle.lastBytesRead(text.isEmpty() ? -1 : text.length());
		return buffer;
	}

	private void fill(ByteBuf buffer) {
		this.handle.lastBytesRead(buffer.writableBytes());
		buffer.writerIndex(buffer.capacity());
	}

	private ByteBuf hold(ByteBuf buffer) {
		this.held.add(buffer);
		return buffer;
	}

	private static String text(ByteBuf buffer) {
		return buffer.toString(StandardCharsets.US_ASCII);
	}

}
