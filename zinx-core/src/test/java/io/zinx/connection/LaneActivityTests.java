package io.zinx.connection;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LaneActivityTests {

	private final Thread thread = Thread.currentThread();

	private final Object batch = new Object();

	private final LaneActivity before = new LaneActivity(this.thread, this.batch, 3, 17);

	@Test
	void nothingHasGoneOnWhileAllOfItIsAsBefore() {
		assertThat(new LaneActivity(this.thread, this.batch, 3, 17)).isEqualTo(this.before)
			.hasSameHashCodeAs(this.before);
		assertThat(new LaneActivity(this.thread, null, -1, -1)).isEqualTo(new LaneActivity(this.thread, null, -1, -1));
	}

	@Test
	void theSameMessageOnceMoreInItsBatchIsAnother() {
		assertThat(new LaneActivity(this.thread, this.batch, 4, 17)).isNotEqualTo(this.before);
	}

	@Test
	void anotherBatchAnotherThreadOrNoTaskIsNotTheSame() {
		assertThat(new LaneActivity(this.thread, new Object(), 3, 17)).isNotEqualTo(this.before);
		assertThat(new LaneActivity(new Thread(), this.batch, 3, 17)).isNotEqualTo(this.before);
		assertThat(new LaneActivity(this.thread, null, 3, 17)).isNotEqualTo(this.before);
	}

}
