package io.zinx.testing;

import io.netty.buffer.ByteBufAllocator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeakCheckTests {

	@Test
	void findsABufferThatNobodyReleased() {
		lose();
		Awaitility.await().untilAsserted(() -> assertThat(LeakCheck.find()).isNotEmpty());
	}

	private static void lose() {
		assertThat(ByteBufAllocator.DEFAULT.buffer(10).writeInt(1).refCnt()).isEqualTo(1);
	}

}
