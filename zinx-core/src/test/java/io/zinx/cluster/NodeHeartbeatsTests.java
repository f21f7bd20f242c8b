package io.zinx.cluster;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

class NodeHeartbeatsTests {

	private final ManualBackplane backplane = new ManualBackplane();

	private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);

	private final NodeHeartbeats heartbeats = new NodeHeartbeats(this.backplane, "nodes",
			new ClusterFrameWriter("server", "a"), () -> 5, this.scheduler, Duration.ofMillis(50));

	@AfterEach
	void end() {
		this.scheduler.shutdownNow();
	}

	private void onScheduler(Runnable action) throws Exception {
		this.scheduler.submit(action).get(10, TimeUnit.SECONDS);
	}

	private static HeartbeatBody body(byte[] message) {
		HeartbeatBody[] found = new HeartbeatBody[1];
		ClusterFrameReader.read(message, new ClusterFrameReader.Sink() {

			@Override
			public void frame(ClusterFrame frame) {
				found[0] = HeartbeatBody.decode(frame.body());
			}

			@Override
			public void dropped(FrameDropReason reason) {
				throw new AssertionError(reason);
			}

		});
		return found[0];
	}

	private HeartbeatBody sent(int index) {
		await(() -> this.backplane.published.size() > index);
		return body(this.backplane.published.get(index).bytes());
	}

	@Test
	void heartbeatsThatReturnShowTheLagAndNoConnectionIsGivenUp() throws Exception {
		this.heartbeats.start();
		assertThat(this.heartbeats.lag()).isNull();
		for (int i = 0; i < 8; i++) {
			HeartbeatBody heard = sent(i);
			assertThat(heard.connections()).isEqualTo(5);
			assertThat(heard.intervalMillis()).isEqualTo(50);
			onScheduler(() -> assertThat(this.heartbeats.isOwn(heard)).isTrue());
		}
		assertThat(this.backplane.reconnects).hasValue(0);
		assertThat(this.heartbeats.lag()).isPositive();
		assertThat(this.backplane.flushes.get()).isGreaterThanOrEqualTo(8);
	}

	@Test
	void theConnectionIsGivenUpAfterThreeHeartbeatsThatDoNotReturn() {
		this.heartbeats.start();
		await(() -> this.backplane.reconnects.get() == 1);
		assertThat(this.backplane.published).hasSize(3);
		await(() -> this.backplane.reconnects.get() == 2);
		assertThat(this.backplane.published).hasSize(6);
	}

	@Test
	void nothingIsSentWhileTheBackplaneIsAwayAndAtOnceWhenItIsBack() throws Exception {
		this.backplane.connected = false;
		onScheduler(this.heartbeats::subscribed);
		assertThat(this.backplane.published).isEmpty();
		this.backplane.connected = true;
		onScheduler(this.heartbeats::subscribed);
		assertThat(this.backplane.published).hasSize(1);
	}

	@Test
	void manyNewcomersAreAnsweredWithOneHeartbeatAndNoneFollowsTheGoodbye() throws Exception {
		onScheduler(() -> {
			for (int i = 0; i < 1_000; i++) {
				this.heartbeats.answer();
			}
		});
		sent(0);
		HeartbeatBody goodbye = body(this.scheduler.submit(this.heartbeats::stop).get(10, TimeUnit.SECONDS));
		onScheduler(this.heartbeats::answer);
		await(() -> this.scheduler.getQueue().isEmpty());
		onScheduler(this.heartbeats::subscribed);
		assertThat(this.backplane.published).hasSize(1);
		assertThat(goodbye.incarnation()).isEqualTo(sent(0).incarnation());
	}

	@Test
	void aHeartbeatOfAnotherIncarnationIsNotItsOwn() throws Exception {
		onScheduler(() -> assertThat(this.heartbeats.isOwn(new HeartbeatBody(1, 1, 1, 1))).isFalse());
		assertThat(this.heartbeats.lag()).isNull();
	}

}
