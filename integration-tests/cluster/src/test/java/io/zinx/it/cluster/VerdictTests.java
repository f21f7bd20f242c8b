package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.zinx.cluster.PushState;
import io.zinx.it.cluster.Model.Outage;
import io.zinx.it.cluster.WatchedBackplane.Change;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The model finds what it has to find.
 */
class VerdictTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private static final Target KEY = Target.key(7);

	private final Model model = new Model();

	private final NodeRun sender = node("a");

	private final NodeRun receiver = node("b");

	private final Session session = new Session(this.model, 1, this.receiver);

	VerdictTests() {
		this.model.sessions.add(this.session);
		subscribed(Change.SUBSCRIBED, 0);
		this.session.asked(KEY);
		this.session.joined(KEY, 0);
	}

	private NodeRun node(String id) {
		NodeRun node = new NodeRun(id, new Site.Handle() {

			@Override
			public int port() {
				return 0;
			}

			@Override
			public void close() {
			}

		});
		this.model.nodes.add(node);
		return node;
	}

	private void subscribed(Change change, long when) {
		ByteBuffer out = Wire.put(ByteBuffer.allocate(64), change).putLong(when);
		if (change != Change.LOST) {
			KEY.write(out);
		}
		this.receiver.changed(out.flip());
	}

	private Push push(NodeRun node, long start, PushState state) {
		Push push = this.model.newPush(1, node, KEY);
		ByteBuffer in = ByteBuffer.allocate(64).putLong(start).putLong(start + 1).putLong(start + 2);
		push.report(Wire.put(in, state).putInt(1).putInt(0).flip());
		return push;
	}

	private void receive(Push push) {
		this.session.received(push.id, push.sender, push.target, push.completed);
	}

	private void judge() {
		this.session.closed(100 * SECOND, 100 * SECOND);
		new Verdict(this.model, false).check();
	}

	private void assertThatIs(String... kinds) {
		assertThat(this.model.violations.keySet()).containsExactlyInAnyOrder(kinds);
	}

	@Test
	void messagesThatArriveInOrderAreRight() {
		receive(push(this.sender, SECOND, PushState.SENT));
		receive(push(this.receiver, SECOND, PushState.UNAVAILABLE));
		judge();
		assertThat(this.model.violations.keySet()).containsExactly("unavailable without a fault");
	}

	@Test
	void aPushMayBeUnknownOnlyWhileItsNodeIsCold() {
		push(this.sender, SECOND, PushState.UNKNOWN);
		push(this.sender, 3 * SECOND - 1, PushState.UNKNOWN);
		judge();
		assertThat(this.model.violations).isEmpty();
		push(this.sender, 3 * SECOND, PushState.UNKNOWN);
		judge();
		assertThatIs("unknown without a fault");
	}

	@Test
	void aPushMayBeUnavailableWhenRedisClosesTheConnectionThatSubscribes() {
		Outage outage = new Outage(Fault.PUBSUB, 4 * SECOND);
		outage.end = 4 * SECOND;
		outage.recovered = 5 * SECOND;
		this.model.outages.add(outage);
		push(this.sender, 4 * SECOND, PushState.UNAVAILABLE);
		judge();
		assertThat(this.model.violations).isEmpty();
	}

	@Test
	void aMessageThatWasSentAndDoesNotArriveIsMissed() {
		push(this.sender, SECOND, PushState.SENT);
		judge();
		assertThatIs("missed");
	}

	@Test
	void aReceiverIsNotOverlooked() {
		push(this.sender, SECOND, PushState.NO_RECEIVER);
		judge();
		assertThatIs("no receiver");
	}

	@Test
	void aMessageIsMissedOnItsOwnNodeWhateverBecomesOfIt() {
		this.model.outages.add(new Outage(Fault.RESTART, SECOND));
		push(this.receiver, SECOND, PushState.UNAVAILABLE);
		judge();
		assertThatIs("missed on its own node");
	}

	@Test
	void aMessageMustNotComeTwiceNorBehindALaterOne() {
		Push first = push(this.sender, SECOND, PushState.SENT);
		Push second = push(this.sender, 2 * SECOND, PushState.SENT);
		receive(second);
		receive(first);
		receive(first);
		judge();
		assertThatIs("out of order", "twice");
	}

	@Test
	void nobodyElseMayGetIt() {
		Push push = this.model.newPush(1, this.sender, Target.key(8));
		this.session.received(push.id, 1, push.target, 20 * SECOND);
		assertThatIs("not a member");
	}

	@Test
	void whatIsSentJustBeforeALossOrALeaveMayBeMissed() {
		subscribed(Change.LOST, 10 * SECOND);
		push(this.sender, 10 * SECOND - SECOND / 2, PushState.SENT);
		subscribed(Change.SUBSCRIBED, 20 * SECOND);
		push(this.sender, 99 * SECOND, PushState.SENT);
		judge();
		assertThatIs();
	}

	@Test
	void whatIsSentTwoSecondsBeforeALossMustArrive() {
		subscribed(Change.LOST, 10 * SECOND);
		push(this.sender, 8 * SECOND, PushState.SENT);
		judge();
		assertThatIs("missed");
	}

	@Test
	void resultsMustComeAndInTime() {
		this.model.newPush(1, this.sender, Target.key(9));
		Push late = push(this.sender, SECOND, PushState.SENT);
		late.completed += 2 * SECOND;
		receive(late);
		judge();
		assertThatIs("not reported", "late result");
	}

	@Test
	void aKeyIsOnlineWhileSomebodyHasIt() {
		assertThat(this.model.online(KEY, this.sender, SECOND, 2 * SECOND)).isTrue();
		this.session.leaving(KEY, 3 * SECOND);
		assertThat(this.model.online(KEY, this.sender, 4 * SECOND, 5 * SECOND)).isNull();
		this.session.left(KEY, 4 * SECOND);
		assertThat(this.model.online(KEY, this.sender, 4 * SECOND, 5 * SECOND)).isNull();
		assertThat(this.model.online(KEY, this.sender, 6 * SECOND, 7 * SECOND)).isFalse();
	}

}
