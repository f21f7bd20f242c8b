package io.zinx.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.handler.ssl.SslContext;
import io.zinx.admission.ConnectionAcceptor;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.DrainPlan;
import io.zinx.connection.LateRequests;
import io.zinx.connection.RejectReason;
import io.zinx.diagnostics.Clocks;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.Heartbeats;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.heartbeat.ReceiveTimeouts;
import io.zinx.lane.LaneFactory;
import io.zinx.link.Link;
import io.zinx.link.Links;
import io.zinx.link.LinkSettings;
import io.zinx.link.TlsSettings;
import io.zinx.metrics.LinkMetrics;
import io.zinx.testing.TestConnections;
import io.zinx.testing.TestTls;
import io.zinx.transport.ReadBuffers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ZinxPipelineTests {

	private static final DrainPlan PLAN = new DrainPlan(CloseReason.MAX_AGE, Duration.ofHours(1), Duration.ZERO,
			Duration.ZERO, LateRequests.HANDLE, null);

	private final ConnManager manager = new ConnManager(10);

	private final ConnectionAcceptor acceptor = TestConnections.acceptor(this.manager, new TlvCodec(), Clocks.SYSTEM);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, LocalIoHandler.newFactory());

	private final List<String> goodbyes = new ArrayList<>();

	private LaneFactory lanes = (connection, loop, reader) -> new RecordingLane(reader);

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
		this.loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).awaitUninterruptibly(30_000);
	}

	private static Links tls() {
		SslContext context = TestTls.serverContext();
		TlsSettings patient = TlsSettings.of(() -> context).withHandshakeTimeout(Duration.ZERO);
		return links(patient);
	}

	private static Links links(TlsSettings tls) {
		LinkSettings settings = LinkSettings.DEFAULTS.withTls(tls);
		return Links.of("test", settings, 4096, null, new LinkMetrics(), System::nanoTime);
	}

	private ZinxPipeline pipeline(@Nullable Links links) {
		Heartbeats off = new Heartbeats("test", HeartbeatSettings.OFF, IdleSettings.OFF, ReceiveTimeouts.OFF,
				System::nanoTime);
		MaxAge maxAge = new MaxAge(Duration.ofSeconds(60), 0, (connection) -> this.goodbyes.add("goodbye"), PLAN);
		LaneFactory changing = (connection, loop, reader) -> this.lanes.newLane(connection, loop, reader);
		return new ZinxPipeline(changing, ReadPlan.unbounded(new TlvCodec(), 4096), off, maxAge, links);
	}

	private static List<String> handlers(Channel channel) {
		return channel.pipeline().names().stream().filter((name) -> name.startsWith("zinx")).toList();
	}

	private LocalChannel register(EventLoop loop) {
		LocalChannel registered = new LocalChannel();
		assertThat(loop.register(registered).awaitUninterruptibly(30_000)).isTrue();
		return registered;
	}

	private Channel assembled(ZinxPipeline pipeline, EventLoop loop) throws Exception {
		Channel registered = register(loop);
		assemble(pipeline, registered, loop);
		return registered;
	}

	private void assemble(ZinxPipeline pipeline, Channel registered, EventLoop loop) throws Exception {
		Callable<ChannelConnection> assembly = () -> {
			ChannelConnection connection = TestConnections.accept(this.acceptor, registered);
			pipeline.assemble(registered, connection);
			return connection;
		};
		assertThat(loop.submit(assembly).get(30, TimeUnit.SECONDS).isOpen()).isTrue();
	}

	private Channel accepted(ZinxPipeline pipeline) throws Exception {
		EventLoop loop = this.loops.next();
		Channel accepted = register(loop);
		loop.submit(() -> accepted.pipeline().addLast(pipeline.initializer(this.acceptor))).get(30, TimeUnit.SECONDS);
		return accepted;
	}

	@Test
	void theHandlersStandInTheOrderThatIsDrawn() {
		ChannelConnection connection = TestConnections.accept(this.acceptor, this.channel);
		FrameReader[] reader = new FrameReader[1];
		this.lanes = (conn, loop, made) -> {
			reader[0] = (FrameReader) made;
			return new RecordingLane(made);
		};
		Links tls = tls();
		Objects.requireNonNull(tls.of(this.channel))
			.begin(this.channel, this.acceptor.beginHandshake(this.channel), (channel) -> {
			});
		pipeline(tls).assemble(this.channel, connection);
		assertThat(handlers(this.channel)).containsExactly("zinx-tls", "zinx-tls-gate", "zinx");
		reader[0].drain(PLAN);
		reader[0].trace(Duration.ofSeconds(10));
		assertThat(handlers(this.channel)).containsExactly("zinx-drain", "zinx-tls", "zinx-tls-gate", "zinx-trace",
				"zinx");
	}

	@Test
	void channelsInPlainTextHaveOneHandlerAndReadIntoTheMemoryOfTheirLoop() throws Exception {
		ZinxPipeline plain = pipeline(null);
		EventLoop first = this.loops.next();
		Channel one = assembled(plain, first);
		Channel two = assembled(plain, first);
		Channel other = assembled(plain, this.loops.next());
		assertThat(handlers(one)).containsExactly("zinx");
		Object memory = one.config().getRecvByteBufAllocator();
		assertThat(memory).isInstanceOf(ReadBuffers.class);
		assertThat((Object) two.config().getRecvByteBufAllocator()).isSameAs(memory);
		assertThat((Object) other.config().getRecvByteBufAllocator()).isInstanceOf(ReadBuffers.class)
			.isNotSameAs(memory);
	}

	@Test
	void encryptedChannelsReadIntoBuffersOfTheirOwn() throws Exception {
		EventLoop loop = this.loops.next();
		Channel encrypted = register(loop);
		encrypted.attr(Link.KEY).set(new Link() {
		});
		assemble(pipeline(tls()), encrypted, loop);
		assertThat((Object) encrypted.config().getRecvByteBufAllocator()).isNotInstanceOf(ReadBuffers.class);
	}

	@Test
	void anAssemblyThatFailsEndsTheConnectionAndLeavesNothing() {
		IllegalStateException failure = new IllegalStateException("of a test");
		this.lanes = (connection, loop, reader) -> {
			throw failure;
		};
		assertFails(pipeline(null), failure);
	}

	@Test
	void aClientWhoseLinkCannotBeMadeIsClosed() {
		AtomicBoolean broken = new AtomicBoolean();
		TlsSettings settings = TlsSettings.of(() -> {
			if (broken.get()) {
				throw new IllegalStateException("of a test");
			}
			return TestTls.serverContext();
		});
		broken.set(true);
		Links failing = links(settings);
		this.channel.pipeline().addLast(pipeline(failing).initializer(this.acceptor));
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.manager.size()).isZero();
		assertThat(handlers(this.channel)).isEmpty();
	}

	private void assertFails(ZinxPipeline pipeline, IllegalStateException failure) {
		ChannelConnection connection = TestConnections.accept(this.acceptor, this.channel);
		assertThat(this.manager.size()).isOne();
		assertThatThrownBy(() -> pipeline.assemble(this.channel, connection)).isSameAs(failure);
		assertThat(connection.closeReason()).isEqualTo(CloseReason.INTERNAL_ERROR);
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(this.manager.size()).isZero();
		assertThat(this.manager.metrics().closed("internal-error")).isOne();
		assertThat(handlers(this.channel)).doesNotContain("zinx");
	}

	@Test
	void channelsWithTlsAreAdmittedLater() {
		this.channel.pipeline().addLast(pipeline(tls()).initializer(this.acceptor));
		assertThat(handlers(this.channel)).containsExactly("zinx-tls", "zinx-tls-gate");
		assertThat(this.manager.size()).isZero();
		assertThat(this.manager.metrics().accepted()).isZero();
	}

	@Test
	void acceptedChannelsAreAdmittedAndAssembled() throws Exception {
		assertThat(handlers(accepted(pipeline(null)))).containsExactly("zinx");
		assertThat(only().isOpen()).isTrue();
		assertThat(this.manager.metrics().accepted()).isOne();
	}

	@Test
	void aConnectionThatIsAcceptedWhileTheServerBeginsToStopIsClosed() throws Exception {
		this.lanes = (connection, loop, reader) -> {
			this.acceptor.stop();
			return new RecordingLane(reader);
		};
		accepted(pipeline(null));
		assertThat(only().closeReason()).isEqualTo(CloseReason.SERVER_STOPPING);
		assertThat(this.manager.metrics().rejected(RejectReason.SERVER_STOPPING.tag())).isZero();
	}

	@Test
	void oneThatIsAcceptedAfterThatIsNotAdmitted() {
		this.acceptor.stop();
		this.channel.pipeline().addLast(pipeline(null).initializer(this.acceptor));
		assertThat(this.manager.size()).isZero();
		assertThat(this.manager.metrics().rejected(RejectReason.SERVER_STOPPING.tag())).isOne();
		assertThat(this.channel.isOpen()).isFalse();
		assertThat(handlers(this.channel)).isEmpty();
	}

	@Test
	void connectionsAreWatchedForTheirAge() {
		this.channel.freezeTime();
		this.channel.attr(Link.KEY).set(new Link() {
		});
		pipeline(tls()).assemble(this.channel, TestConnections.accept(this.acceptor, this.channel));
		this.channel.advanceTimeBy(59_999, TimeUnit.MILLISECONDS);
		this.channel.runPendingTasks();
		assertThat(this.goodbyes).isEmpty();
		this.channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
		this.channel.runPendingTasks();
		assertThat(this.goodbyes).containsExactly("goodbye");
		assertThat(handlers(this.channel)).startsWith("zinx-drain");
	}

	private Connection only() {
		List<Connection> all = this.manager.find((connection) -> true);
		assertThat(all).hasSize(1);
		return all.get(0);
	}

}
