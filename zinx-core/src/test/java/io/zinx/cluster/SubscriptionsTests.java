package io.zinx.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.zinx.session.DuplicateLogin;
import io.zinx.session.GroupRegistry;
import io.zinx.session.KeyRegistry;
import io.zinx.session.MemberNames;
import io.zinx.session.Registrable;
import io.zinx.testing.TestThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.zinx.cluster.TestNode.await;
import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionsTests {

	private final ManualBackplane backplane = new ManualBackplane();

	private final Topics topics = new Topics("test", "server");

	private final ClusterThreads threads = new ClusterThreads(TestThreads.named("test"));

	private final KeyRegistry<Member> keys = new KeyRegistry<>();

	private final GroupRegistry<Member> groups = new GroupRegistry<>();

	private final MemberNames members = new MemberNames(this.keys, this.groups);

	private final AtomicInteger nodesHeard = new AtomicInteger();

	private final Subscriptions subscriptions = new Subscriptions(this.backplane, this.topics, this.members,
			this.threads, this.nodesHeard::incrementAndGet);

	private final Member ann = new Member();

	@BeforeEach
	void listen() {
		this.members.listen(this.subscriptions);
	}

	@AfterEach
	void end() {
		this.threads.end();
	}

	private ManualBackplane.Command command(int index) {
		await(() -> this.backplane.commands.size() > index);
		return this.backplane.commands.get(index);
	}

	private void answer(int index) {
		command(index).answer().complete(null);
	}

	private void bind(String key) {
		this.keys.bind(this.ann, key, DuplicateLogin.ALLOW);
	}

	@Test
	void nothingIsSubscribedBeforeThereIsAConnection() {
		bind("ann");
		this.groups.join(this.ann, "room");
		assertThat(this.subscriptions.awaited()).isEqualTo(2);
		this.subscriptions.restored();
		assertThat(command(0).topics()).startsWith("zinx:test:nodes", "zinx:test:server:all")
			.containsExactlyInAnyOrder("zinx:test:nodes", "zinx:test:server:all", "zinx:test:server:k:ann",
					"zinx:test:server:g:room");
		assertThat(command(0).subscribe()).isTrue();
		assertThat(this.subscriptions.awaited()).isEqualTo(2);
		assertThat(this.subscriptions.acknowledged()).isZero();
		assertThat(this.subscriptions.mayReceive("zinx:test:server:k:ann")).isTrue();
		answer(0);
		assertThat(this.subscriptions.awaited()).isZero();
		assertThat(this.subscriptions.acknowledged()).isEqualTo(4);
		assertThat(this.nodesHeard).hasValue(1);
		assertThat(this.backplane.commands).hasSize(1);
	}

	@Test
	void oneCommandIsUnderWayAndWhatChangesMeanwhileSharesTheNext() {
		this.subscriptions.restored();
		command(0);
		IntStream.range(0, 1_000).forEach((i) -> bind("key" + i));
		assertThat(this.subscriptions.awaited()).isEqualTo(1_000);
		assertThat(this.backplane.commands).hasSize(1);
		answer(0);
		await(() -> this.backplane.commands.size() == 2);
		answer(1);
		answer(2);
		await(() -> this.subscriptions.acknowledged() == 1_002);
		assertThat(this.backplane.commands.stream().mapToInt((command) -> command.topics().size()).sum())
			.isEqualTo(1_002);
		assertThat(this.backplane.commands).allMatch((command) -> command.topics().size() <= 512);
		this.ann.end(this.keys, this.groups);
		command(3);
		assertThat(command(3).subscribe()).isFalse();
	}

	@Test
	void whoLeavesWhileTheCommandIsUnderWayIsUnsubscribedAfterIt() {
		this.subscriptions.restored();
		answer(0);
		bind("ann");
		command(1);
		this.keys.unbind(this.ann, "ann");
		answer(1);
		assertThat(command(2).subscribe()).isFalse();
		assertThat(command(2).topics()).containsExactly("zinx:test:server:k:ann");
		assertThat(this.subscriptions.mayReceive("zinx:test:server:k:ann")).isTrue();
		long interest = this.subscriptions.interest("zinx:test:server:k:ann");
		bind("ann");
		answer(2);
		assertThat(command(3).subscribe()).isTrue();
		answer(3);
		assertThat(this.subscriptions.awaited()).isZero();
		assertThat(this.subscriptions.interest("zinx:test:server:k:ann")).isGreaterThan(interest);
		this.keys.unbind(this.ann, "ann");
		answer(4);
		await(() -> this.subscriptions.interest("zinx:test:server:k:ann") == 0);
		assertThat(this.subscriptions.mayReceive("zinx:test:server:k:ann")).isFalse();
	}

	@Test
	void whoComesAndGoesBeforeTheCommandCostsNone() {
		this.subscriptions.restored();
		command(0);
		bind("ann");
		this.keys.unbind(this.ann, "ann");
		answer(0);
		bind("bob");
		assertThat(command(1).topics()).containsExactly("zinx:test:server:k:bob");
		answer(1);
		this.keys.unbind(this.ann, "bob");
		bind("bob");
		bind("cid");
		assertThat(command(2).topics()).contains("zinx:test:server:k:cid");
	}

	@Test
	void afterALostConnectionEverythingIsSubscribedAnewAndOldAnswersDoNotCount() {
		bind("ann");
		bind("bob");
		this.subscriptions.restored();
		command(0);
		this.subscriptions.lost();
		assertThat(this.subscriptions.mayReceive("zinx:test:server:k:ann")).isFalse();
		answer(0);
		assertThat(this.subscriptions.acknowledged()).isZero();
		assertThat(this.subscriptions.awaited()).isEqualTo(2);
		long interest = this.subscriptions.interest("zinx:test:server:k:ann");
		assertThat(interest).isPositive();
		this.keys.unbind(this.ann, "bob");
		await(() -> this.subscriptions.interest("zinx:test:server:k:bob") == 0);
		this.subscriptions.restored();
		assertThat(command(1).topics()).containsExactly("zinx:test:nodes", "zinx:test:server:all",
				"zinx:test:server:k:ann");
		assertThat(this.subscriptions.interest("zinx:test:server:k:ann")).isEqualTo(interest);
	}

	@Test
	void aCommandThatFailsIsRepeated() {
		bind("ann");
		this.subscriptions.restored();
		command(0).answer().completeExceptionally(new IllegalStateException("of the test"));
		assertThat(this.subscriptions.awaited()).isEqualTo(1);
		assertThat(command(1).subscribe()).isTrue();
		assertThat(command(1).topics()).containsExactlyInAnyOrderElementsOf(command(0).topics());
		answer(1);
		this.keys.unbind(this.ann, "ann");
		command(2).answer().completeExceptionally(new IllegalStateException("of the test"));
		assertThat(command(3).subscribe()).isFalse();
		answer(3);
		await(() -> this.subscriptions.acknowledged() == 2);
	}

	@Test
	void aCommandWithoutAnswerIsNoticed() {
		assertThat(this.subscriptions.isStuck(0)).isFalse();
		this.subscriptions.restored();
		command(0);
		await(() -> this.subscriptions.isStuck(1));
		assertThat(this.subscriptions.isStuck(60_000_000_000L)).isFalse();
		answer(0);
		assertThat(this.subscriptions.isStuck(1)).isFalse();
	}

	@Test
	void aKeyThatNoFrameCanHoldIsNotSubscribed() {
		this.subscriptions.restored();
		answer(0);
		bind("x".repeat(65_536));
		this.groups.join(this.ann, "x".repeat(65_536));
		bind("ann");
		assertThat(command(1).topics()).containsExactly("zinx:test:server:k:ann");
	}

	@Test
	void inTheEndWhatIsSubscribedIsWhatHasMembersWhateverTheOrderOfChanges() throws InterruptedException {
		this.subscriptions.restored();
		List<Thread> threads = IntStream.range(0, 4).mapToObj((i) -> new Thread(this::comeAndGo)).toList();
		threads.forEach(Thread::start);
		Set<String> subscribed = new HashSet<>();
		int next = 0;
		while (threads.stream().anyMatch(Thread::isAlive) || next < this.backplane.commands.size()
				|| this.subscriptions.awaited() > 0) {
			if (next < this.backplane.commands.size()) {
				next = carryOut(next, subscribed);
			}
			Thread.onSpinWait();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		int first = next;
		await(() -> carryOut(first, subscribed) >= 0 && isRight(subscribed));
	}

	private int carryOut(int next, Set<String> subscribed) {
		int index = next;
		while (index < this.backplane.commands.size()) {
			ManualBackplane.Command command = this.backplane.commands.get(index);
			if (!command.answer().isDone()) {
				if (command.subscribe()) {
					subscribed.addAll(command.topics());
				}
				else {
					command.topics().forEach(subscribed::remove);
				}
				command.answer().complete(null);
			}
			index++;
		}
		return index;
	}

	private boolean isRight(Set<String> subscribed) {
		Set<String> expected = new HashSet<>(Set.of(this.topics.all(), this.topics.nodes()));
		this.members.forEachKey((key) -> expected.add(this.topics.key(key)));
		this.members.forEachGroup((group) -> expected.add(this.topics.group(group)));
		return subscribed.equals(expected) && this.subscriptions.acknowledged() == expected.size();
	}

	private void comeAndGo() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		for (int i = 0; i < 20_000; i++) {
			Member member = new Member();
			String name = "name" + random.nextInt(20);
			if (random.nextBoolean()) {
				this.keys.bind(member, name, random.nextBoolean() ? DuplicateLogin.ALLOW : DuplicateLogin.KICK_OLD);
			}
			else {
				this.groups.join(member, name);
			}
			switch (random.nextInt(4)) {
				case 0 -> this.keys.unbind(member, name);
				case 1 -> this.groups.leave(member, name);
				case 2 -> member.end(this.keys, this.groups);
				default -> {
					if (random.nextInt(10) > 0) {
						member.end(this.keys, this.groups);
					}
				}
			}
		}
	}

	/**
	 * A member that is no connection.
	 */
	private static final class Member extends Registrable {

		private volatile boolean open = true;

		void end(KeyRegistry<Member> keys, GroupRegistry<Member> groups) {
			this.open = false;
			keys.release(this);
			groups.release(this);
		}

		@Override
		public boolean isOpen() {
			return this.open;
		}

		@Override
		protected boolean decideKick() {
			this.open = false;
			return true;
		}

		@Override
		protected void kicked() {
		}

	}

}
