package io.zinx.lane;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.routing.Execution;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.worker.LaneRunner;
import io.zinx.worker.QueueBound;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class RunnerChoiceTests {

	private static final Router ROUTER = (request) -> {
	};

	private final LaneRunner loop = new ManualRunner(2);

	private final LaneRunner worker = new ManualRunner(0);

	private final LaneRunner threads = new ManualRunner(1);

	private final LaneFixture fixture = new LaneFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@CsvSource({ "WORKER, 0", "VIRTUAL_THREAD, 1", "EVENT_LOOP, 2" })
	void hooksAndMessagesWhoseRoutersDoNotCareAreHandledWhereTheModeSays(Execution mode, int index) {
		RunnerChoice choice = choice(mode, this.worker);
		assertThat(choice.home().index()).isEqualTo(index);
		assertThat(choice.of(1).index()).as("router without execution").isEqualTo(index);
		assertThat(choice.of(99).index()).as("no router").isEqualTo(index);
	}

	@ParameterizedTest
	@EnumSource(names = "DEFAULT", mode = EnumSource.Mode.EXCLUDE)
	void routersAndRangesThatNameAnExecutionGetItInEveryMode(Execution mode) {
		RunnerChoice choice = choice(mode, this.worker);
		assertThat(choice.of(2)).isSameAs(this.loop);
		assertThat(choice.of(3)).isSameAs(this.worker);
		assertThat(choice.of(4)).isSameAs(this.threads);
		assertThat(choice.of(4_294_967_295L)).as("range").isSameAs(this.threads);
	}

	@Test
	void aWorkerThatWasNotMadeIsMissedOnlyByThoseWhoNeedIt() {
		RunnerChoice choice = choice(Execution.EVENT_LOOP, null);
		assertThat(choice.home()).isSameAs(this.loop);
		assertThatIllegalStateException().isThrownBy(() -> choice.of(3)).withMessageContaining("worker");
	}

	@Test
	void aBatchGoesToTheRunnerOfItsNextMessageAndAllElseHome() {
		LaneBinding binding = binding(choice(Execution.WORKER, this.worker));
		ByteBuf buffer = Unpooled.buffer(1);
		FrameBatch batch = new FrameBatch(buffer, 2);
		batch.add(4, 0, 0);
		batch.add(2, 0, 0);
		RecordingRun run = new RecordingRun();
		assertThat(binding.runnerOf(batch)).isSameAs(this.threads);
		run.left = 1;
		batch.run(run);
		assertThat(binding.runnerOf(batch)).isSameAs(this.loop);
		assertThat(binding.runnerOf((LaneTask) null)).isSameAs(this.worker);
		assertThat(binding.runnerOf(LaneTask.of(() -> {
		}))).isSameAs(this.worker);
		batch.abandon(run);
	}

	@Test
	void withoutAChoiceEverythingIsRunAtHome() {
		LaneBinding binding = binding(null);
		FrameBatch batch = new FrameBatch(Unpooled.buffer(1), 2);
		batch.add(4, 0, 0);
		assertThat(binding.runnerOf(batch)).isSameAs(this.worker);
		assertThat(binding.runnerOf(2)).isSameAs(this.worker);
		batch.abandon(new RecordingRun());
	}

	private LaneBinding binding(@Nullable RunnerChoice choice) {
		return new LaneBinding(this.worker, new QueueBound(1), this.fixture.loop, choice);
	}

	private RunnerChoice choice(Execution mode, @Nullable LaneRunner worker) {
		RouteRegistry routes = new RouteRegistry();
		routes.add(1, ROUTER, "default");
		routes.add(2, ROUTER, "loop", Execution.EVENT_LOOP);
		routes.add(3, ROUTER, "worker", Execution.WORKER);
		routes.add(4, ROUTER, "threads", Execution.VIRTUAL_THREAD);
		routes.range(100, 4_294_967_295L, ROUTER, "range", Execution.VIRTUAL_THREAD);
		return new RunnerChoice(mode, this.loop, worker, this.threads, routes.close());
	}

}
