package io.zinx.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.zinx.connection.CloseReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keys and groups without sockets, so that threads can race through them often.
 */
class SessionRegistryTests {

	private static final int THREADS = 8;

	private static final List<DuplicateLogin> POLICIES = List.of(DuplicateLogin.values());

	private final KeyRegistry<Peer> keys = new KeyRegistry<>();

	private final GroupRegistry<Peer> groups = new GroupRegistry<>();

	@Test
	void theLatestLoginReplacesTheOneBefore() {
		Peer old = new Peer();
		Peer young = new Peer();
		assertThat(this.keys.bind(old, "ann", DuplicateLogin.KICK_OLD)).isEqualTo(BindResult.BOUND);
		assertThat(this.keys.bind(old, "ann", DuplicateLogin.KICK_OLD)).isEqualTo(BindResult.BOUND);
		assertThat(this.keys.bind(young, "ann", DuplicateLogin.KICK_OLD)).isEqualTo(BindResult.BOUND);
		assertThat(old.reason.get()).isEqualTo(CloseReason.REPLACED);
		assertThat(old.carriedOut).isTrue();
		assertThat(this.keys.latest("ann")).isSameAs(young);
		assertThat(this.keys.bind(old, "ann", DuplicateLogin.KICK_OLD)).isEqualTo(BindResult.CLOSED);
		assertThat(young.isOpen()).isTrue();
	}

	@Test
	void theFirstLoginMayKeepOthersOut() {
		Peer old = new Peer();
		Peer young = new Peer();
		assertThat(this.keys.bind(old, "ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.BOUND);
		assertThat(this.keys.bind(young, "ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.REJECTED);
		assertThat(this.keys.bind(old, "ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.BOUND);
		assertThat(this.keys.latest("ann")).isSameAs(old);
		assertThat(young.currentKeys()).isEmpty();
		old.decide(CloseReason.RESET);
		assertThat(this.keys.bind(young, "ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.BOUND);
		old.carryOut();
		assertThat(this.keys.all("ann")).containsExactly(young);
	}

	@Test
	void severalMayHoldOneKey() {
		Peer first = new Peer();
		Peer second = new Peer();
		this.keys.bind(first, "ann", DuplicateLogin.ALLOW);
		this.keys.bind(second, "ann", DuplicateLogin.ALLOW);
		assertThat(this.keys.all("ann")).containsExactly(first, second);
		assertThat(this.keys.latest("ann")).isSameAs(second);
		this.keys.bind(first, "ann", DuplicateLogin.ALLOW);
		assertThat(this.keys.all("ann")).containsExactly(second, first);
		assertThat(this.keys.bind(first, "ann", DuplicateLogin.REJECT_NEW)).isEqualTo(BindResult.BOUND);
		first.close();
		assertThat(this.keys.latest("ann")).isSameAs(second);
		Peer third = new Peer();
		this.keys.bind(third, "ann", DuplicateLogin.ALLOW);
		this.keys.bind(second, "ann", DuplicateLogin.KICK_OLD);
		assertThat(third.isOpen()).isFalse();
		assertThat(this.keys.all("ann")).containsExactly(second);
	}

	@Test
	void namesAreFreeButStillReadableOnceTheEndIsDecided() {
		Peer peer = new Peer();
		this.keys.bind(peer, "ann", DuplicateLogin.KICK_OLD);
		this.keys.bind(peer, "device-7", DuplicateLogin.KICK_OLD);
		this.keys.bind(peer, "device-8", DuplicateLogin.KICK_OLD);
		this.groups.join(peer, "lobby");
		assertThat(this.keys.unbind(peer, "device-8")).isTrue();
		assertThat(this.keys.unbind(peer, "device-8")).isFalse();
		assertThat(this.keys.unbind(new Peer(), "ann")).isFalse();
		peer.decide(CloseReason.HANDLER);
		assertThat(this.keys.latest("ann")).isNull();
		assertThat(this.groups.join(peer, "late")).isFalse();
		assertThat(this.keys.bind(peer, "late", DuplicateLogin.ALLOW)).isEqualTo(BindResult.CLOSED);
		peer.carryOut();
		assertThat(this.keys.size()).isZero();
		assertThat(this.groups.names()).isEmpty();
		assertThat(peer.currentKeys()).containsExactlyInAnyOrder("ann", "device-7");
		assertThat(peer.currentGroups()).containsExactly("lobby");
	}

	@Test
	void aGroupIsThereAsLongAsSomebodyIsInIt() {
		Peer one = new Peer();
		Peer other = new Peer();
		assertThat(this.groups.join(one, "lobby")).isTrue();
		assertThat(this.groups.join(one, "lobby")).isFalse();
		assertThat(this.groups.join(other, "lobby")).isTrue();
		assertThat(this.groups.members("lobby")).containsExactlyInAnyOrder(one, other);
		assertThat(this.groups.leave(one, "lobby")).isTrue();
		assertThat(this.groups.leave(one, "lobby")).isFalse();
		assertThat(this.groups.leave(new Peer(), "nowhere")).isFalse();
		assertThat(one.currentGroups()).isEmpty();
		assertThat(this.groups.names()).containsExactly("lobby");
		other.close();
		assertThat(this.groups.names()).isEmpty();
		for (int i = 0; i < 1_000_000; i++) {
			this.groups.join(one, "used once " + i);
			this.groups.leave(one, "used once " + i);
		}
		assertThat(this.groups.names()).isEmpty();
		assertThat(one.currentGroups()).isEmpty();
	}

	@Test
	void ofAllWhoBindAKeyAtOnceExactlyOneStaysOpen() throws Exception {
		for (int round = 0; round < 2_000; round++) {
			List<Peer> peers = peers(THREADS);
			race((thread) -> {
				this.keys.bind(peers.get(thread), "ann", DuplicateLogin.KICK_OLD);
				this.keys.bind(peers.get(thread), "ann", DuplicateLogin.KICK_OLD);
			});
			List<Peer> open = peers.stream().filter(Peer::isOpen).toList();
			assertThat(open).hasSize(1);
			assertThat(this.keys.all("ann")).isEqualTo(open);
			open.get(0).close();
			assertThat(this.keys.size()).isZero();
		}
	}

	@Test
	void ofAllWhoBindAKeyAtOnceExactlyOneIsLetIn() throws Exception {
		for (int round = 0; round < 2_000; round++) {
			List<Peer> peers = peers(THREADS);
			BindResult[] results = new BindResult[THREADS];
			race((thread) -> results[thread] = this.keys.bind(peers.get(thread), "ann", DuplicateLogin.REJECT_NEW));
			assertThat(results).containsOnlyOnce(BindResult.BOUND).doesNotContain(BindResult.CLOSED);
			peers.forEach(Peer::close);
		}
	}

	@Test
	void bindsAndClosesThatRaceLeaveNothingBehind() throws Exception {
		for (int round = 0; round < 5_000; round++) {
			List<Peer> peers = peers(4);
			BindResult[] results = new BindResult[THREADS];
			race((thread) -> {
				Peer peer = peers.get(thread % 4);
				if (thread < 4) {
					results[thread] = this.keys.bind(peer, "key " + thread % 2, POLICIES.get(thread % 3));
					this.groups.join(peer, "group " + thread % 2);
				}
				else {
					peer.close();
				}
			});
			assertThat(peers).noneMatch(Peer::isOpen);
			assertThat(this.keys.size()).isZero();
			assertThat(this.groups.names()).isEmpty();
			for (int i = 0; i < 4; i++) {
				assertThat(peers.get(i).currentKeys().isEmpty()).isEqualTo(results[i] != BindResult.BOUND);
			}
		}
	}

	@Test
	void afterAnyMixtureEveryNameBelongsToWhoIsOpen() throws Exception {
		for (int round = 0; round < 20; round++) {
			List<Peer> peers = peers(50);
			race((thread) -> IntStream.range(0, 2_000).forEach((i) -> actAtRandom(peers)));
			assertConsistent(peers);
			peers.forEach(Peer::close);
			assertThat(this.keys.size()).isZero();
			assertThat(this.groups.names()).isEmpty();
		}
	}

	private void actAtRandom(List<Peer> peers) {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		Peer peer = peers.get(random.nextInt(peers.size()));
		String name = "name " + random.nextInt(20);
		int action = random.nextInt(200);
		if (action == 0) {
			peer.close();
		}
		else if (action == 1) {
			this.keys.bind(peer, name, DuplicateLogin.KICK_OLD);
		}
		else if (action < 70) {
			this.keys.bind(peer, name, (action % 2 == 0) ? DuplicateLogin.ALLOW : DuplicateLogin.REJECT_NEW);
		}
		else if (action < 100) {
			this.keys.unbind(peer, name);
		}
		else if (action < 160) {
			this.groups.join(peer, name);
		}
		else {
			this.groups.leave(peer, name);
		}
	}

	private void assertConsistent(List<Peer> peers) {
		int held = 0;
		for (int i = 0; i < 20; i++) {
			String name = "name " + i;
			List<Peer> holders = this.keys.all(name);
			held += holders.isEmpty() ? 0 : 1;
			assertThat(holders).doesNotHaveDuplicates()
				.containsExactlyInAnyOrderElementsOf(
						peers.stream().filter((peer) -> peer.isOpen() && peer.currentKeys().contains(name)).toList());
			Set<Peer> members = this.groups.members(name);
			assertThat(members).containsExactlyInAnyOrderElementsOf(
					peers.stream().filter((peer) -> peer.isOpen() && peer.currentGroups().contains(name)).toList());
			assertThat(this.groups.names().contains(name)).isEqualTo(!members.isEmpty());
		}
		assertThat(this.keys.size()).as("keys nobody open holds are forgotten").isEqualTo(held);
	}

	private List<Peer> peers(int count) {
		return IntStream.range(0, count).mapToObj((i) -> new Peer()).toList();
	}

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, (task) -> {
		Thread thread = new Thread(task);
		thread.setDaemon(true);
		return thread;
	});

	private void race(Racer racer) throws Exception {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Future<?>> ends = new ArrayList<>();
		for (int t = 0; t < THREADS; t++) {
			int thread = t;
			ends.add(this.threads.submit(() -> {
				start.await();
				racer.run(thread);
				return null;
			}));
		}
		for (Future<?> end : ends) {
			end.get();
		}
	}

	private interface Racer {

		void run(int thread);

	}

	private final class Peer extends Registrable {

		private final AtomicReference<CloseReason> reason = new AtomicReference<>();

		private volatile boolean carriedOut;

		void close() {
			if (decide(CloseReason.HANDLER)) {
				carryOut();
			}
		}

		@Override
		public boolean isOpen() {
			return this.reason.get() == null;
		}

		boolean decide(CloseReason reason) {
			return this.reason.compareAndSet(null, reason);
		}

		@Override
		protected boolean decideKick() {
			return decide(CloseReason.REPLACED);
		}

		@Override
		protected void kicked() {
			carryOut();
		}

		void carryOut() {
			SessionRegistryTests.this.keys.release(this);
			SessionRegistryTests.this.groups.release(this);
			this.carriedOut = true;
		}

	}

}
