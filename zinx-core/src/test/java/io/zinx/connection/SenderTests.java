package io.zinx.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.diagnostics.Clocks;
import io.zinx.metrics.DropReason;
import io.zinx.outbound.OutboundSettings;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.testing.TestConnections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class SenderTests {

	private static final byte[] KIB = new byte[1024 - 8];

	private static final byte[] LONGER_THAN_THE_BOUND = new byte[4096];

	private static final Duration LONG = Duration.ofSeconds(20);

	/** More than a connection may hold without reporting it. */
	private static final int MUCH = 20_000;

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final HalfClosingChannel socket = this.fixture.channel;

	@AfterEach
	void closeChannels() {
		this.channel.finishAndReleaseAll();
		this.socket.dispose();
	}

	/**
	 * Netty gives up a socket's buffer, and only some tasks later says that the socket is
	 * closed; meanwhile the connection takes messages and is flushed.
	 */
	@Test
	void aSocketThatClosesBeforeTheEndIsDecidedDoesNotHoldUpItsEventLoop() {
		ChannelConnection connection = accept();
		List<SendResult> results = new ArrayList<>();
		this.channel.closeFuture().addListener((closed) -> {
			results.add(connection.send(1, new byte[MUCH]));
			connection.flush();
		});
		assertTimeoutPreemptively(LONG, () -> {
			this.channel.close();
		});
		assertThat(results).containsExactly(SendResult.ACCEPTED);
		connection.socketClosed();
		assertThat(connection.bytesQueued()).isZero();
	}

	@Test
	void aMessageThatJustFitsIsTakenAndTheNextByteIsNot() {
		ChannelConnection connection = full(SlowConsumerPolicy.DROP);
		assertThat(connection.bytesQueued()).isEqualTo(4096);
		assertThat(connection.sendRaw(new byte[1])).isEqualTo(SendResult.OVERFLOW);
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isEqualTo(1);
		assertThat(connection.isOpen()).isTrue();
		this.socket.runPendingTasks();
		assertThat(connection.sendRaw(new byte[1])).isEqualTo(SendResult.ACCEPTED);
		assertThat(connection.messagesOut()).as("raw bytes are no message").isEqualTo(4);
	}

	@Test
	void withPolicyCloseTheFirstMessageTooManyIsTheLast() {
		ChannelConnection connection = full(SlowConsumerPolicy.CLOSE);
		assertThat(connection.send(1, new byte[0])).isEqualTo(SendResult.OVERFLOW);
		assertThat(connection.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(connection.bytesQueued()).isZero();
		assertThat(connection.send(1, new byte[0])).isEqualTo(SendResult.CLOSED);
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).as("those that waited, and this one")
			.isEqualTo(5);
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_SENT)).isEqualTo(1);
	}

	@Test
	void withPolicyBlockAnEventLoopLosesTheMessageAndDoesNotWait() {
		ChannelConnection connection = full(SlowConsumerPolicy.BLOCK);
		assertTimeoutPreemptively(LONG,
				() -> assertThat(connection.send(1, new byte[0])).isEqualTo(SendResult.OVERFLOW));
		assertThat(connection.isOpen()).isTrue();
		assertThat(this.fixture.metrics.dropped(DropReason.SLOW_CONSUMER)).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource(SlowConsumerPolicy.class)
	void aFutureOfWhatHasNoRoomHasFailedAlready(SlowConsumerPolicy policy) {
		ChannelConnection connection = full(policy);
		assertFailed(connection.sendAsync(1, "x"), SendResult.OVERFLOW);
		assertThat(connection.isOpen()).isEqualTo(policy != SlowConsumerPolicy.CLOSE);
	}

	@Test
	void futuresOfWhatIsNeverWrittenFailInOrderWhenTheSocketCloses() {
		ChannelConnection connection = this.fixture.connection();
		List<String> news = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			String name = "message " + i;
			connection.sendAsync(1, name).whenComplete((nothing, failure) -> news.add(name));
		}
		CompletionStage<?> last = connection.sendAsync(1, "last");
		connection.socketClosed();
		assertThat(news).containsExactly("message 0", "message 1", "message 2");
		assertFailed(last, SendResult.ACCEPTED);
		assertFailed(connection.sendAsync(1, "too late"), SendResult.CLOSED);
		assertThat(this.fixture.metrics.dropped(DropReason.CLOSED_BEFORE_SENT)).isEqualTo(5);
	}

	@Test
	void aFutureCompletesWhenTheSocketHasTakenIt() {
		ChannelConnection connection = this.fixture.connection();
		this.socket.stick();
		CompletionStage<?> future = connection.sendAsync(1, "x");
		this.socket.runPendingTasks();
		assertThat(future.toCompletableFuture()).isNotDone();
		this.socket.unstick();
		assertThat(future.toCompletableFuture()).isCompleted();
		assertThat(connection.bytesWritten()).isEqualTo(9);
	}

	@Test
	void whatCannotBeSentIsNamedOnceASecond() {
		ChannelConnection connection = this.fixture.connection(ConnectionFixture.narrow(SlowConsumerPolicy.CLOSE));
		List<String> lines = logged(() -> {
			for (int i = 0; i < 5; i++) {
				assertThat(connection.send(i, LONGER_THAN_THE_BOUND)).isEqualTo(SendResult.UNSENDABLE);
			}
			this.fixture.millis.addAndGet(1000);
			assertFailed(connection.sendAsync(9, LONGER_THAN_THE_BOUND), SendResult.UNSENDABLE);
		});
		assertThat(lines).hasSize(2);
		assertThat(lines.get(0)).startsWith("[client] Message 0 of 4096 bytes to Connection 7")
			.contains("codec tlv ", "zinx.outbound.max-bytes (4096)")
			.endsWith("(0 more since the last such line)");
		assertThat(lines.get(1)).startsWith("[client] Message 9 ").endsWith("(4 more since the last such line)");
		assertThat(connection.isOpen()).isTrue();
		assertThat(this.fixture.metrics.dropped(DropReason.UNSENDABLE)).isEqualTo(6);
	}

	@Test
	void aNumberThatTheWireFormatCannotExpressIsNotSent() {
		ChannelConnection connection = this.fixture.connection(this.fixture.factory(
				new RecordingOwner(this.fixture.events), new HtlvCrcCodec(), OutboundSettings.DEFAULTS), this.socket);
		assertThat(connection.send(255, "x")).isEqualTo(SendResult.ACCEPTED);
		assertThat(connection.send(256, "x")).isEqualTo(SendResult.UNSENDABLE);
		assertThat(connection.messagesOut()).isEqualTo(1);
	}

	@Test
	void readingPausesWhileThePeerTakesNothing() {
		ChannelConnection connection = this.fixture.connection(ConnectionFixture.narrow(SlowConsumerPolicy.CLOSE));
		this.socket.config().setWriteBufferWaterMark(new WriteBufferWaterMark(512, 1024));
		this.socket.stick();
		connection.send(1, KIB);
		this.socket.runPendingTasks();
		assertThat(this.fixture.events).as("at the mark").isEmpty();
		connection.sendRaw(new byte[1]);
		assertThat(connection.isWritable()).isFalse();
		this.socket.runPendingTasks();
		assertThat(this.fixture.events).as("above it").containsExactly("congested");
		this.socket.unstick();
		connection.flush();
		connection.flush();
		assertThat(this.fixture.events).containsOnlyOnce("congested", "relieved").endsWith("relieved");
		assertThat(connection.isWritable()).isTrue();
	}

	@Test
	void whatIsSentBecauseOfReliefIsWrittenBehindWhatWasBeingWritten() {
		ChannelConnection connection = this.fixture.connection(ConnectionFixture.narrow(SlowConsumerPolicy.CLOSE));
		List<SendResult> results = new ArrayList<>();
		this.fixture.readSide.whenRelieved = () -> {
			connection.enterLane();
			results.add(connection.send(2, "relieved"));
			connection.leaveLane();
			connection.flush();
		};
		connection.sendRaw(new byte[1025]);
		this.socket.runPendingTasks();
		assertThat(results).containsExactly(SendResult.ACCEPTED);
		assertThat(this.fixture.events).containsExactly("wrote 1025", "relieved", "wrote 16");
	}

	@Test
	void onItsLaneOnItsEventLoopNobodyIsAskedToCollect() {
		ChannelConnection connection = this.fixture.connection();
		connection.enterLane();
		connection.send(1, "x");
		connection.leaveLane();
		this.socket.runPendingTasks();
		assertThat(this.fixture.events).as("the lane flushes").isEmpty();
		connection.send(1, "outside");
		this.socket.runPendingTasks();
		assertThat(this.fixture.events).containsExactly("wrote 24");
	}

	@Test
	void whoHoldsMuchOfWhatAllMayHoldMeetsThePolicyAndOthersDoNot() {
		OutboundSettings settings = new OutboundSettings(64 * 1024, 64 * 1024, 0, 0, SlowConsumerPolicy.DROP,
				Duration.ofSeconds(5), Duration.ofSeconds(5));
		ConnectionFactory factory = this.fixture.factory(settings);
		ChannelConnection much = this.fixture.connection(factory, this.socket);
		ChannelConnection little = this.fixture.connection(factory, this.channel);
		HalfClosingChannel third = new HalfClosingChannel();
		ChannelConnection most = this.fixture.connection(factory, third);
		assertThat(much.sendRaw(new byte[16 * 1024])).isEqualTo(SendResult.ACCEPTED);
		assertThat(little.sendRaw(new byte[16 * 1024 - 1])).isEqualTo(SendResult.ACCEPTED);
		assertThat(most.sendRaw(new byte[48 * 1024])).as("up to the bound of all").isEqualTo(SendResult.ACCEPTED);
		assertThat(most.sendRaw(new byte[16 * 1024])).as("over it").isEqualTo(SendResult.ACCEPTED);
		assertThat(much.sendRaw(new byte[1])).isEqualTo(SendResult.OVERFLOW);
		assertThat(little.sendRaw(new byte[1])).isEqualTo(SendResult.ACCEPTED);
		assertThat(this.fixture.metrics.dropped(DropReason.OUTBOUND_FULL)).isEqualTo(1);
		third.runPendingTasks();
		assertThat(much.sendRaw(new byte[1])).as("when there is room again").isEqualTo(SendResult.ACCEPTED);
		third.dispose();
	}

	private static void assertFailed(CompletionStage<?> stage, SendResult result) {
		assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
		stage.whenComplete((nothing, failure) -> assertThat(failure).isInstanceOfSatisfying(SendFailedException.class,
				(failed) -> assertThat(failed.result()).isEqualTo(result)));
	}

	private static List<String> logged(Runnable code) {
		Logger logger = (Logger) LoggerFactory.getLogger(Sender.class);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger.addAppender(appender);
		try {
			code.run();
		}
		finally {
			logger.detachAppender(appender);
		}
		return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	/**
	 * A connection whose backlog is as long as it may be; its event loop has not turned.
	 */
	private ChannelConnection full(SlowConsumerPolicy policy) {
		ChannelConnection connection = this.fixture.connection(ConnectionFixture.narrow(policy));
		for (int i = 0; i < 4; i++) {
			assertThat(connection.send(1, KIB)).isEqualTo(SendResult.ACCEPTED);
		}
		return connection;
	}

	private ChannelConnection accept() {
		return TestConnections.accept(this.channel, new TlvCodec(), Clocks.SYSTEM);
	}

}
