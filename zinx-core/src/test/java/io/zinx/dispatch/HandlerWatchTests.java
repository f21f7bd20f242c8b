package io.zinx.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionLane;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.connection.LaneActivity;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.TestConnections;
import io.zinx.worker.RunningHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class HandlerWatchTests {

	private static final Thread THREAD = new Thread("handler-1");

	private static final Object BATCH = new Object();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionFactory factory = factory();

	private final List<ChannelConnection> connections = new ArrayList<>();

	private long now = 1_000_000;

	private final HandlerWatch watch = new HandlerWatch(this.connections, () -> this.now);

	@AfterEach
	void closeChannel() {
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aHandlerIsShownOnceASecondLookFindsItAtTheSameMessage() {
		busy(7, new LaneActivity(THREAD, BATCH, 3, 42));
		this.watch.look();
		assertThat(this.watch.running()).isEmpty();
		pass(Duration.ofSeconds(1));
		assertThat(this.watch.running()).isEmpty();
		this.watch.look();
		assertThat(this.watch.running()).containsExactly(new RunningHandler(7, 42, "handler-1", Duration.ofSeconds(1)));
	}

	@Test
	void howLongItIsAtWorkCountsFromTheFirstLookToTheQuestion() {
		busy(7, new LaneActivity(THREAD, BATCH, 3, 42));
		for (int second = 0; second < 5; second++) {
			this.watch.look();
			pass(Duration.ofSeconds(1));
		}
		pass(Duration.ofMillis(300));
		assertThat(this.watch.running()).extracting(RunningHandler::forAtLeast)
			.containsExactly(Duration.ofMillis(5300));
	}

	static Stream<LaneActivity> others() {
		return Stream.of(new LaneActivity(THREAD, BATCH, 4, 42), new LaneActivity(THREAD, new Object(), 3, 42),
				new LaneActivity(new Thread("handler-2"), BATCH, 3, 42), new LaneActivity(THREAD, null, -1, -1));
	}

	@ParameterizedTest
	@MethodSource("others")
	void whatHasGoneOnToTheNextMessageIsNotShownAndCountsAnew(LaneActivity next) {
		FakeLane lane = busy(7, new LaneActivity(THREAD, BATCH, 3, 42));
		this.watch.look();
		pass(Duration.ofSeconds(1));
		lane.activity = next;
		this.watch.look();
		assertThat(this.watch.running()).isEmpty();
		pass(Duration.ofSeconds(1));
		this.watch.look();
		assertThat(this.watch.running())
			.containsExactly(new RunningHandler(7, next.msgId(), next.thread().getName(), Duration.ofSeconds(1)));
	}

	@Test
	void whatReturnsAfterTheLookIsShownNoLonger() {
		FakeLane lane = busy(7, new LaneActivity(THREAD, BATCH, 3, 42));
		FakeLane other = busy(8, new LaneActivity(THREAD, BATCH, 3, 43));
		lookTwice();
		assertThat(this.watch.running()).hasSize(2);
		lane.activity = null;
		assertThat(this.watch.running()).extracting(RunningHandler::connId).containsExactly(8L);
		other.activity = new LaneActivity(THREAD, BATCH, 4, 44);
		assertThat(this.watch.running()).isEmpty();
	}

	@Test
	void aLaneThatWasIdleAtALookBeginsAnew() {
		LaneActivity activity = new LaneActivity(THREAD, BATCH, 3, 42);
		FakeLane lane = busy(7, activity);
		this.watch.look();
		lane.activity = null;
		this.watch.look();
		lane.activity = activity;
		this.watch.look();
		assertThat(this.watch.running()).isEmpty();
	}

	@Test
	void aConnectionThatHasGoneIsForgotten() {
		busy(7, new LaneActivity(THREAD, BATCH, 3, 42));
		lookTwice();
		this.connections.clear();
		this.watch.look();
		assertThat(this.watch.running()).isEmpty();
	}

	@Test
	void anotherConnectionOfTheSameNumberIsAnother() {
		LaneActivity activity = new LaneActivity(THREAD, BATCH, 3, 42);
		busy(7, activity);
		this.watch.look();
		this.connections.clear();
		busy(7, activity);
		this.watch.look();
		assertThat(this.watch.running()).isEmpty();
	}

	@Test
	void connectionsWhereNobodyIsAtWorkOrThatHaveNoLaneYetAreNotShown() {
		this.connections.add(this.factory.newConnection(1, this.channel));
		busy(2, null);
		busy(3, new LaneActivity(THREAD, BATCH, 0, 42));
		lookTwice();
		assertThat(this.watch.running()).extracting(RunningHandler::connId).containsExactly(3L);
	}

	@Test
	void theLongestComeFirst() {
		for (long connId : new long[] { 5, 9, 2, 7 }) {
			busy(connId, new LaneActivity(THREAD, BATCH, 0, connId));
			this.watch.look();
			pass(Duration.ofSeconds(1));
		}
		this.connections.add(0, this.connections.remove(3));
		this.watch.look();
		assertThat(this.watch.running()).extracting(RunningHandler::connId).containsExactly(5L, 9L, 2L, 7L);
		assertThat(this.watch.running()).extracting((handler) -> handler.forAtLeast().toSeconds())
			.containsExactly(4L, 3L, 2L, 1L);
	}

	@Test
	void atMostAThousandAreKept() {
		for (int connId = 1; connId <= 1000; connId++) {
			busy(connId, new LaneActivity(THREAD, BATCH, 0, 42));
		}
		lookTwice();
		assertThat(this.watch.running()).hasSize(1000);
		busy(1001, new LaneActivity(THREAD, BATCH, 0, 42));
		lookTwice();
		assertThat(this.watch.running()).hasSize(1000)
			.allSatisfy((handler) -> assertThat(handler.connId()).isLessThanOrEqualTo(1000));
	}

	private void lookTwice() {
		this.watch.look();
		pass(Duration.ofSeconds(1));
		this.watch.look();
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

	private FakeLane busy(long connId, @Nullable LaneActivity activity) {
		ChannelConnection connection = this.factory.newConnection(connId, this.channel);
		FakeLane lane = new FakeLane(activity);
		connection.lane(lane);
		this.connections.add(connection);
		return lane;
	}

	private static ConnectionFactory factory() {
		ConnManager manager = new ConnManager(1);
		return TestConnections.factory(ConnectionRegistry.of(manager), new TlvCodec(), Clocks.SYSTEM, manager.metrics(),
				new LoopLocal<>(LoopOutbox::new));
	}

	/**
	 * A lane that is at what it is told.
	 */
	private static final class FakeLane implements ConnectionLane {

		private @Nullable LaneActivity activity;

		FakeLane(@Nullable LaneActivity activity) {
			this.activity = activity;
		}

		@Override
		public boolean execute(Runnable task) {
			return false;
		}

		@Override
		public @Nullable LaneActivity activity() {
			return this.activity;
		}

	}

}
