package io.zinx.transport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator.ExtendedHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadBuffersTests {

	/** What the event loop is to run in a second. */
	private final Deque<Runnable> later = new ArrayDeque<>();

	private final ReadBuffers buffers = new ReadBuffers(this.later::add);

	private final ExtendedHandle handle = this.buffers.newHandle();

	private final Set<ByteBuf> held = Collections.newSetFromMap(new IdentityHashMap<>());

	@AfterEach
	void giveBackWhatAnEventLoopGivesBackAtItsEnd() {
		this.held.forEach(ByteBuf::release);
		this.buffers.release();
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
		List<ByteBuf> blocks = holdAllBlocks();
		ByteBuf room = hold(this.handle.allocate(ByteBufAllocator.DEFAULT));
		assertThat(room.capacity()).isEqualTo(8 * 1024);
		release(blocks.get(0));
		assertThat(hold(this.handle.allocate(ByteBufAllocator.DEFAULT)).capacity()).isEqualTo(64 * 1024);
	}

	@Test
	void turnsToTheFirstBlockThatIsFree() {
		List<ByteBuf> blocks = holdAllBlocks();
		long address = blocks.get(3).memoryAddress();
		release(blocks.get(9));
		release(blocks.get(3));
		assertThat(hold(read("one")).memoryAddress()).isEqualTo(address);
	}

	@Test
	void oneBlockIsKeptForEver() {
		ByteBuf block = read("one");
		block.release();
		assertThat(this.later).isEmpty();
		assertThat(block.refCnt()).as("holders").isEqualTo(1);
	}

	@Test
	void freesBlocksThatWereNotNeededForTwoSeconds() {
		List<ByteBuf> blocks = holdAllBlocks();
		blocks.forEach(this::release);
		secondPasses();
		assertThat(freed(blocks)).isEmpty();
		secondPasses();
		assertThat(freed(blocks)).isEqualTo(blocks.subList(1, 16));
		assertThat(this.later).as("what is to come").isEmpty();
		assertThat(text(hold(read("one")))).isEqualTo("one");
	}

	@Test
	void keepsBlocksThatAreNeededNowAndThen() {
		List<ByteBuf> blocks = holdAllBlocks();
		blocks.forEach(this::release);
		for (int second = 0; second < 10; second++) {
			secondPasses();
			ByteBuf first = this.handle.allocate(ByteBufAllocator.DEFAULT);
			fill(first);
			read("behind").release();
			first.release();
		}
		assertThat(freed(blocks)).isEqualTo(blocks.subList(2, 16));
		assertThat(this.later).as("what is to come").hasSize(1);
	}

	@Test
	void whatIsHeldOfABlockStaysHoweverManySecondsPass() {
		List<ByteBuf> blocks = holdAllBlocks();
		ByteBuf last = blocks.get(15);
		last.setLong(0, 42);
		blocks.subList(0, 15).forEach(this::release);
		for (int second = 0; second < 5; second++) {
			secondPasses();
			read("other").release();
		}
		assertThat(freed(blocks)).isEqualTo(blocks.subList(1, 15));
		assertThat(last.getLong(0)).isEqualTo(42);
		release(last);
		secondPasses();
		secondPasses();
		assertThat(freed(blocks)).isEqualTo(blocks.subList(1, 16));
		assertThat(this.later).as("what is to come").isEmpty();
	}

	@Test
	void blocksThatAreHeldCountHoweverManySecondsPass() {
		holdAllBlocks();
		for (int second = 0; second < 5; second++) {
			secondPasses();
		}
		assertThat(hold(this.handle.allocate(ByteBufAllocator.DEFAULT)).capacity()).isEqualTo(8 * 1024);
	}

	@Test
	void whatIsHeldOfTheFirstBlockIsNotReadOver() {
		fill(hold(this.handle.allocate(ByteBufAllocator.DEFAULT)));
		ByteBuf second = read("two");
		long address = second.memoryAddress();
		second.release();
		secondPasses();
		assertThat(hold(read("three")).memoryAddress()).isEqualTo(address);
	}

	@Test
	void readsGoOnBehindWhatIsHeldWhenBlocksWereFreed() {
		List<ByteBuf> blocks = holdAllBlocks();
		blocks.subList(1, 16).forEach(this::release);
		ByteBuf second = hold(read("two"));
		secondPasses();
		secondPasses();
		ByteBuf third = hold(read("three"));
		assertThat(List.of(text(second), text(third))).containsExactly("two", "three");
		assertThat(third.memoryAddress()).isEqualTo(second.memoryAddress() + 3);
	}

	private List<ByteBuf> holdAllBlocks() {
		List<ByteBuf> blocks = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			ByteBuf block = hold(this.handle.allocate(ByteBufAllocator.DEFAULT));
			assertThat(block.capacity()).isEqualTo(64 * 1024);
			fill(block);
			blocks.add(block);
		}
		return blocks;
	}

	private void secondPasses() {
		Runnable due = this.later.poll();
		if (due != null) {
			due.run();
		}
	}

	private static List<ByteBuf> freed(List<ByteBuf> blocks) {
		return blocks.stream().filter((block) -> block.refCnt() == 0).toList();
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

	private void release(ByteBuf buffer) {
		this.held.remove(buffer);
		buffer.release();
	}

	private static String text(ByteBuf buffer) {
		return buffer.toString(StandardCharsets.US_ASCII);
	}

}
