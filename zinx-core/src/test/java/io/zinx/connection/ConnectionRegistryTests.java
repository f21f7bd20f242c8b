package io.zinx.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.zinx.codec.TlvCodec;
import io.zinx.outbound.OutboundSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionRegistryTests {

	private static final DrainPlan PLAN = new DrainPlan(CloseReason.DRAINED, Duration.ZERO, Duration.ZERO,
			Duration.ZERO, LateRequests.HANDLE, null);

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final ConnManager manager = new ConnManager(() -> 8, this.fixture.metrics);

	private final ConnectionRegistry registry = ConnectionRegistry.of(this.manager);

	private final List<HalfClosingChannel> channels = new ArrayList<>();

	@AfterEach
	void closeChannels() {
		this.channels.forEach(HalfClosingChannel::dispose);
		this.fixture.channel.dispose();
	}

	@Test
	void aConnectionIsFoundFromItsAdmissionUntilItIsForgotten() {
		ChannelConnection connection = newConnection();
		assertThat(this.registry.get(connection.connId())).isNull();
		this.registry.add(connection);
		assertThat(this.registry.get(connection.connId())).isSameAs(connection);
		assertThat(this.registry).containsExactly(connection);
		assertThat(this.fixture.metrics.accepted()).isEqualTo(1);
		connection.close();
		assertThat(this.registry.get(connection.connId())).as("while it closes").isSameAs(connection);
		connection.ended();
		assertThat(this.registry.get(connection.connId())).isNull();
		assertThat(this.registry).isEmpty();
	}

	@Test
	void aConnectionThatIsNotKnownFreesNoSlot() {
		ChannelConnection known = admit();
		ChannelConnection sameNumber = this.fixture.factory().newConnection(known.connId(), this.fixture.channel);
		assertThat(this.registry.remove(sameNumber, CloseReason.HANDLER)).isFalse();
		assertThat(this.registry.get(known.connId())).isSameAs(known);
		assertThat(this.manager.size()).isEqualTo(1);
		assertThat(this.fixture.metrics.closedInAll()).isZero();
		assertThat(this.registry.remove(known, CloseReason.HANDLER)).isTrue();
		assertThat(this.registry.remove(known, CloseReason.HANDLER)).as("a second time").isFalse();
		assertThat(this.manager.size()).isZero();
	}

	@Test
	void whoSeesTheFreeSlotSeesTheCountsOfTheOneThatHasGone() {
		ChannelConnection connection = admit();
		List<String> seen = new ArrayList<>();
		this.registry.slots().add(new Slots.Waiting() {
			@Override
			public void slotFreed() {
				seen.add(manager().metrics().closed("idle") + " closed after " + manager().metrics().lifetimeMillis()
						+ " ms, found: " + (manager().get(connection.connId()) != null));
			}

			@Override
			public int size() {
				return 0;
			}
		});
		this.fixture.millis.addAndGet(2500);
		connection.close(CloseReason.IDLE);
		connection.ended();
		assertThat(seen).containsExactly("1 closed after 2500 ms, found: false");
	}

	private ConnManager manager() {
		return this.manager;
	}

	@Test
	void aClockThatIsSetBackMakesNoLifeShorterThanNothing() {
		ChannelConnection first = admit();
		this.fixture.millis.addAndGet(-700);
		first.close();
		first.ended();
		assertThat(this.fixture.metrics.lifetimeMillis()).isZero();
	}

	@Test
	void numbersAreNeverGivenTwice() throws Exception {
		EventLoop loop = new DefaultEventLoop();
		Set<Long> numbers = ConcurrentHashMap.newKeySet();
		AtomicInteger twice = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(4);
		for (int t = 0; t < 4; t++) {
			new Thread(() -> {
				for (int i = 0; i < 10_000; i++) {
					twice.addAndGet(numbers.add(this.registry.numbers(0, 1).next(loop)) ? 0 : 1);
				}
				done.countDown();
			}).start();
		}
		assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
		assertThat(twice).hasValue(0);
		assertThat(numbers).hasSize(40_000).contains(1L, 40_000L);
	}

	@Test
	void keysAndGroupsAreFreeOnceTheEndIsDecided() {
		ChannelConnection connection = admit();
		connection.bind("ann");
		this.manager.group("lobby").join(connection);
		connection.close();
		assertThat(this.manager.byKey("ann")).isNull();
		assertThat(this.manager.groups()).isEmpty();
		assertThat(connection.keys()).containsExactly("ann");
		assertThat(connection.groups()).containsExactly("lobby");
	}

	@Test
	void everyListenerHearsOfARejectionWhateverAnotherThrows() {
		List<String> heard = new ArrayList<>();
		this.manager.onRejected((address, reason) -> {
			throw new AssertionError("on purpose");
		});
		this.manager.onRejected((address, reason) -> heard
			.add("first " + address + " " + reason + " " + this.fixture.metrics.rejected(reason.tag())));
		this.manager.onRejected((address, reason) -> {
			throw new IllegalStateException("on purpose");
		});
		this.manager.onRejected((address, reason) -> heard.add("second " + address + " " + reason));
		SocketAddress address = InetSocketAddress.createUnresolved("peer", 7);
		this.registry.rejected(address, RejectReason.MAX_CONN);
		assertThat(heard).containsExactly("first " + address + " max-conn 1", "second " + address + " max-conn");
	}

	@Test
	void aClientThatHasGoneBeforeItWasRejectedIsCountedAllTheSame() {
		List<@Nullable SocketAddress> heard = new ArrayList<>();
		this.manager.onRejected((address, reason) -> heard.add(address));
		this.registry.rejected(null, RejectReason.SERVER_STOPPING);
		assertThat(heard).hasSize(1).containsOnlyNulls();
		assertThat(this.fixture.metrics.rejected("server-stopping")).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("commands")
	void commandsReachEveryReadingSideOnItsEventLoop(Consumer<ConnectionRegistry> command, String received) {
		admit();
		admit();
		command.accept(this.registry);
		assertThat(this.fixture.events).as("before the event loops turn").isEmpty();
		this.channels.get(0).runPendingTasks();
		assertThat(this.fixture.events).as("one has turned").containsExactly(received);
		this.channels.get(1).runPendingTasks();
		assertThat(this.fixture.events).containsExactly(received, received);
	}

	static Stream<Arguments> commands() {
		return Stream.of(command("drain", (registry) -> registry.drain(() -> PLAN), "drain drained"),
				command("endDrain", ConnectionRegistry::endDrain, "end drain"),
				command("stopReading", ConnectionRegistry::stopReading, "stop reading"),
				command("discard", ConnectionRegistry::discard, "discard"));
	}

	private static Arguments command(String name, Consumer<ConnectionRegistry> command, String received) {
		return Arguments.of(Named.of(name, command), received);
	}

	@Test
	void eachConnectionDrainsByAPlanOfItsOwn() {
		admit();
		admit();
		admit();
		AtomicInteger plans = new AtomicInteger();
		this.registry.drain(() -> {
			plans.incrementAndGet();
			return PLAN;
		});
		assertThat(plans).as("made at once, on the calling thread").hasValue(3);
	}

	@Test
	void oneConnectionIsTracedIfItIsThere() {
		admit();
		ChannelConnection traced = admit();
		assertThat(this.registry.trace(99, Duration.ofSeconds(5))).isFalse();
		assertThat(this.registry.trace(traced.connId(), Duration.ofSeconds(5))).isTrue();
		this.channels.forEach(HalfClosingChannel::runPendingTasks);
		assertThat(this.fixture.events).containsExactly("trace 5 s");
	}

	private ChannelConnection admit() {
		assertThat(this.registry.slots().take()).isTrue();
		ChannelConnection connection = newConnection();
		this.registry.add(connection);
		return connection;
	}

	private ChannelConnection newConnection() {
		HalfClosingChannel channel = new HalfClosingChannel();
		this.channels.add(channel);
		ConnectionFactory factory = this.fixture.factory(this.registry, new TlvCodec(), OutboundSettings.DEFAULTS);
		return this.fixture.connection(factory, channel);
	}

}
