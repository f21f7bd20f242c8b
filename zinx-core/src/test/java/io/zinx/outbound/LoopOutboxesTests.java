package io.zinx.outbound;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LoopOutboxesTests {

	private final CountedLoop first = new CountedLoop();

	private final CountedLoop second = new CountedLoop();

	private final LoopOutbox firstOutbox = new LoopOutbox(this.first.loop());

	private final LoopOutbox secondOutbox = new LoopOutbox(this.second.loop());

	private final LoopOutboxes outboxes = new LoopOutboxes();

	@AfterEach
	void close() {
		this.first.close();
		this.second.close();
	}

	@Test
	void eachThatWasAddedIsWokenOnceInWhateverOrder() {
		List<Integer> flushed = new ArrayList<>();
		List<RecordedFlush> connections = RecordedFlush.into(flushed, 2);
		this.firstOutbox.publish(connections.get(0));
		this.secondOutbox.publish(connections.get(1));
		for (int i = 0; i < 3; i++) {
			this.outboxes.add(this.firstOutbox);
			this.outboxes.add(this.secondOutbox);
			this.outboxes.add(this.secondOutbox);
		}
		assertThat(this.first.given() + this.second.given()).isZero();
		this.outboxes.wakeAll();
		assertThat(this.first.given()).isEqualTo(1);
		assertThat(this.second.given()).isEqualTo(1);
		this.first.run();
		this.second.run();
		assertThat(flushed).containsExactly(0, 1);
	}

	@Test
	void thoseThatWereWokenAreForgotten() {
		this.outboxes.add(this.firstOutbox);
		this.outboxes.wakeAll();
		this.first.run();
		this.outboxes.add(this.secondOutbox);
		this.outboxes.wakeAll();
		this.outboxes.wakeAll();
		this.second.run();
		assertThat(this.first.given()).isEqualTo(1);
		assertThat(this.second.given()).isEqualTo(1);
	}

	@Test
	void oneThatWasWokenIsWokenAgainWhenItIsAddedAgain() {
		for (int i = 1; i <= 3; i++) {
			this.outboxes.add(this.firstOutbox);
			this.outboxes.wakeAll();
			this.first.run();
			assertThat(this.first.given()).isEqualTo(i);
		}
	}

	@Test
	void oneThatTakesNothingForThePresentKeepsNoOtherAsleepAndIsWokenTheNextTime() {
		List<Integer> flushed = new ArrayList<>();
		RecordedFlush connection = RecordedFlush.into(flushed, 1).get(0);
		this.firstOutbox.publish(connection);
		for (int i = 1; i <= 3; i++) {
			this.outboxes.add(this.firstOutbox);
			this.outboxes.add(this.secondOutbox);
			this.first.full(true);
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this.outboxes::wakeAll);
			assertThat(this.second.given()).isEqualTo(i);
			this.second.run();
		}
		this.first.full(false);
		this.outboxes.wakeAll();
		this.first.run();
		assertThat(flushed).containsExactly(0);
		assertThat(this.second.given()).isEqualTo(3);
	}

	@Test
	void noneIsWokenIfNoneWasAdded() {
		this.outboxes.wakeAll();
		assertThat(this.first.given()).isZero();
	}

}
