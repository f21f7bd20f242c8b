package io.zinx.connection;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.FrameDecoder;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.session.DuplicateLogin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A manager, its groups and its broadcasts, with connections of two runs of a server that
 * have a wire format each.
 */
class RecipientsTests {

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final ConnManager manager = new ConnManager(() -> 16, this.fixture.metrics);

	private final ConnectionRegistry registry = ConnectionRegistry.of(this.manager);

	private final CountingCodec tlv = new CountingCodec(new TlvCodec());

	private final CountingCodec crc = new CountingCodec(new HtlvCrcCodec());

	private final ConnectionFactory run = factory(this.tlv, SlowConsumerPolicy.CLOSE);

	private final List<HalfClosingChannel> channels = new ArrayList<>();

	@AfterEach
	void closeChannels() {
		this.channels.forEach(HalfClosingChannel::dispose);
		this.fixture.channel.dispose();
	}

	@Test
	void theTextOfAGroupMayBeLoggedWhoeverHasNamedIt() {
		assertThat(this.manager.group("x\nFAKE LINE\u001b[31m")).hasToString("Group x\\nFAKE LINE\\u001b[31m");
	}

	@Test
	void filtersAreAskedOneAfterTheOtherAtTheBroadcast() {
		admit(3);
		List<String> asked = new ArrayList<>();
		Recipients some = this.manager.where((connection) -> {
			asked.add("first " + connection.connId());
			return connection.connId() != 8;
		}).where((connection) -> {
			asked.add("second " + connection.connId());
			return connection.connId() != 9;
		});
		assertThat(asked).isEmpty();
		assertThat(some.broadcast(5, "x")).isEqualTo(new BroadcastResult(1, 0, 0, 0));
		assertThat(asked).containsExactlyInAnyOrder("first 7", "second 7", "first 8", "first 9", "second 9");
		admit(1);
		assertThat(some.broadcast(5, "x").reached()).as("with one who came later").isEqualTo(2);
	}

	@Test
	void severalMayBeLeftOut() {
		List<ChannelConnection> all = admit(3);
		Recipients rest = this.manager.all().except(all.get(0)).except(all.get(2));
		assertThat(rest.broadcast(5, "x").total()).isEqualTo(1);
		assertThat(written(0)).isEmpty();
		assertThat(written(1)).hasSize(9);
		assertThat(written(2)).isEmpty();
	}

	@Test
	void eachConnectionCountsForWhatBecameOfIt() {
		List<ChannelConnection> all = admit(2);
		fill(all.get(0));
		all.get(1).close();
		admit(3);
		ChannelConnection narrow = admit(factory(this.crc, SlowConsumerPolicy.CLOSE));
		assertThat(this.manager.broadcast(300, "x")).isEqualTo(new BroadcastResult(3, 1, 1, 1))
			.extracting(BroadcastResult::total)
			.isEqualTo(6);
		assertThat(narrow.isOpen()).as("it has done nothing wrong").isTrue();
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_SENT)).isEqualTo(1);
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isEqualTo(1);
		assertThat(this.fixture.metrics.dropped(DropReason.UNSENDABLE)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(SlowConsumerPolicy.class)
	void oneThatHasNoRoomMeetsThePolicyAndNeverBlocks(SlowConsumerPolicy policy) {
		ChannelConnection full = admit(factory(this.tlv, policy));
		fill(full);
		assertThat(this.manager.broadcast(5, "x")).isEqualTo(new BroadcastResult(0, 0, 1, 0));
		assertThat(full.isOpen()).isEqualTo(policy != SlowConsumerPolicy.CLOSE);
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 511, 512, 3000 })
	void manyReceiveWhatWasEncodedOnceAndLetGoOfIt(int length) {
		admit(5);
		this.tlv.heads.set(0);
		assertThat(this.manager.broadcast(5, "x".repeat(length)).reached()).isEqualTo(5);
		assertThat(this.tlv.heads).hasValue(1);
		List<ByteBuf> frames = new ArrayList<>();
		for (HalfClosingChannel channel : this.channels) {
			channel.runPendingTasks();
			ByteBuf frame = channel.readOutbound();
			assertThat(frame.readableBytes()).isEqualTo(8 + length);
			frames.add(frame);
		}
		frames.forEach(ByteBuf::release);
		assertThat(frames).allMatch((frame) -> frame.refCnt() == 0);
	}

	@Test
	void eachRunOfAServerEncodesInItsOwnWireFormat() {
		ConnectionFactory other = factory(this.crc, SlowConsumerPolicy.CLOSE);
		admit(this.run);
		admit(this.run);
		admit(other);
		admit(other);
		assertThat(this.manager.broadcast(5, "ab").reached()).isEqualTo(4);
		for (int i = 0; i < 4; i++) {
			assertThat(written(i))
				.startsWith((i < 2) ? new byte[] { 0, 0, 0, 5, 0, 0, 0, 2, 'a', 'b' }
						: new byte[] { (byte) 0xA1, 5, 2, 'a', 'b' })
				.hasSize((i < 2) ? 10 : 7);
		}
		assertThat(this.tlv.heads.get()).isPositive();
		assertThat(this.crc.heads.get()).isPositive();
	}

	@Test
	void whatOneRunCannotSendReachesTheOther() {
		admit(factory(this.crc, SlowConsumerPolicy.CLOSE));
		admit(this.run);
		assertThat(this.manager.broadcast(256, "x")).isEqualTo(new BroadcastResult(1, 0, 0, 1));
		assertThat(this.crc.heads).hasValue(0);
	}

	@Test
	void aFilterThatThrowsEndsTheBroadcastAndLosesNothingThatWasAccepted() {
		admit(3);
		AtomicInteger asked = new AtomicInteger();
		ByteBuf body = Unpooled.buffer().writeBytes(new byte[600]);
		assertThatIllegalStateException().isThrownBy(() -> this.manager.where((connection) -> {
			if (asked.incrementAndGet() == 3) {
				throw new IllegalStateException("on purpose");
			}
			return true;
		}).broadcast(5, body)).withMessage("on purpose");
		assertThat(body.refCnt()).isZero();
		this.channels.forEach(HalfClosingChannel::runPendingTasks);
		assertThat(this.fixture.metrics.messagesOut()).isEqualTo(2);
	}

	@Test
	void theHoldersOfAKeyGetItAndNobodyElse() {
		List<ChannelConnection> all = admit(3);
		all.get(2).bind("ann", DuplicateLogin.ALLOW);
		all.get(0).bind("ann", DuplicateLogin.ALLOW);
		Recipients holders = this.manager.holders("ann");
		assertThat(this.manager.allByKey("ann")).containsExactly(all.get(2), all.get(0));
		assertThat(this.manager.byKey("ann")).isSameAs(all.get(0));
		assertThat(holders.broadcast(5, "x").reached()).isEqualTo(2);
		all.get(0).close();
		assertThat(holders.broadcast(5, "x")).isEqualTo(new BroadcastResult(1, 0, 0, 0));
		assertThat(this.manager.byKey("ann")).isSameAs(all.get(2));
	}

	@Test
	void aGroupIsAViewOfWhoIsInIt() {
		List<ChannelConnection> all = admit(2);
		Group lobby = this.manager.group("lobby");
		assertThat(this.manager.groups()).isEmpty();
		assertThat(lobby.join(all.get(0))).isTrue();
		assertThat(lobby.join(all.get(0))).as("a second time").isFalse();
		assertThat(this.manager.group("lobby").join(all.get(1))).isTrue();
		assertThat(lobby.members()).containsExactlyInAnyOrder(all.get(0), all.get(1));
		assertThat(lobby.leave(all.get(1))).isTrue();
		assertThat(lobby.leave(all.get(1))).isFalse();
		assertThat(lobby.contains(all.get(0))).isTrue();
		assertThat(lobby.contains(all.get(1))).isFalse();
		all.get(0).close();
		assertThat(lobby.contains(all.get(0))).isFalse();
		assertThat(lobby.size()).isZero();
		assertThat(lobby.join(all.get(0))).as("it has ended").isFalse();
		assertThat(this.manager.groups()).isEmpty();
	}

	@Test
	void onlyConnectionsOfThisServerMayJoin() {
		Group lobby = this.manager.group("lobby");
		ChannelConnection foreign = this.fixture.connection();
		Connection none = (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class },
				(proxy, method, args) -> method.getReturnType() == boolean.class ? true : "a test's own");
		for (Connection stranger : List.of(foreign, none)) {
			assertThatIllegalArgumentException().isThrownBy(() -> lobby.join(stranger))
				.withMessage(stranger + " is not a connection of this server");
			assertThatIllegalArgumentException().isThrownBy(() -> lobby.leave(stranger));
			assertThat(lobby.contains(stranger)).isFalse();
		}
	}

	@Test
	void aWalkEndsWhenItIsEnough() {
		admit(3);
		AtomicInteger seen = new AtomicInteger();
		assertThat(this.manager.forEachWhile((connection) -> seen.incrementAndGet() < 2)).isFalse();
		assertThat(seen).hasValue(2);
		assertThat(this.manager.forEachWhile((connection) -> true)).isTrue();
	}

	@Test
	void connectionsAreFoundByWhatTheyAreAndHave() {
		List<ChannelConnection> all = admit(3);
		all.get(1).setProperty("room", 7);
		all.get(2).setProperty("room", 8);
		assertThat(this.manager.findByProperty("room", 7)).containsExactly(all.get(1));
		assertThat(this.manager.find((connection) -> connection.property("room") == null)).containsExactly(all.get(0));
	}

	@Test
	void allThereAreNowAreClosedAndEachForItsFirstReason() {
		List<ChannelConnection> all = admit(2);
		all.get(0).close(CloseReason.IDLE);
		this.manager.closeAll(CloseReason.SERVER_STOPPING);
		assertThat(all).extracting(ChannelConnection::closeReason)
			.containsExactly(CloseReason.IDLE, CloseReason.SERVER_STOPPING);
		assertThat(admit(this.run).isOpen()).isTrue();
	}

	private ConnectionFactory factory(FrameCodec codec, SlowConsumerPolicy policy) {
		return this.fixture.factory(this.registry, codec, ConnectionFixture.narrow(policy));
	}

	private List<ChannelConnection> admit(int count) {
		List<ChannelConnection> admitted = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			admitted.add(admit(this.run));
		}
		return admitted;
	}

	private ChannelConnection admit(ConnectionFactory factory) {
		HalfClosingChannel channel = new HalfClosingChannel();
		this.channels.add(channel);
		assertThat(this.registry.slots().take()).isTrue();
		ChannelConnection connection = this.fixture.connection(factory, channel);
		this.registry.add(connection);
		return connection;
	}

	private static void fill(Connection connection) {
		assertThat(connection.sendRaw(new byte[4096])).isEqualTo(SendResult.ACCEPTED);
	}

	private byte[] written(int index) {
		HalfClosingChannel channel = this.channels.get(index);
		channel.runPendingTasks();
		return channel.takeWritten();
	}

	/**
	 * A wire format that counts the frames it has begun.
	 */
	private static final class CountingCodec implements FrameCodec {

		private final FrameCodec codec;

		private final AtomicInteger heads = new AtomicInteger();

		CountingCodec(FrameCodec codec) {
			this.codec = codec;
		}

		@Override
		public String name() {
			return this.codec.name();
		}

		@Override
		public FrameDecoder newDecoder(int maxPacketSize) {
			return this.codec.newDecoder(maxPacketSize);
		}

		@Override
		public int headLength() {
			return this.codec.headLength();
		}

		@Override
		public int tailLength() {
			return this.codec.tailLength();
		}

		@Override
		public long maxMsgId() {
			return this.codec.maxMsgId();
		}

		@Override
		public int maxBodyLength() {
			return this.codec.maxBodyLength();
		}

		@Override
		public void writeHead(long msgId, int bodyLength, ByteBuf out) {
			this.heads.incrementAndGet();
			this.codec.writeHead(msgId, bodyLength, out);
		}

		@Override
		public void writeTail(ByteBuf out, int frameStart) {
			this.codec.writeTail(out, frameStart);
		}

	}

}
