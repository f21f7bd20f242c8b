package io.zinx.server;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.ChannelConnection;
import io.zinx.connection.ConnManager;
import io.zinx.connection.ConnectionFactory;
import io.zinx.connection.ConnectionLane;
import io.zinx.connection.ConnectionRegistry;
import io.zinx.diagnostics.Clocks;
import io.zinx.eventloop.LoopLocal;
import io.zinx.outbound.LoopOutbox;
import io.zinx.testing.TestConnections;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class UnfinishedReportTests {

	private final List<EmbeddedChannel> channels = new ArrayList<>();

	private final List<ChannelConnection> connections = new ArrayList<>();

	private final ConnectionFactory factory = factory();

	@AfterEach
	void closeChannels() {
		this.channels.forEach(EmbeddedChannel::finishAndReleaseAll);
	}

	@Test
	void whoHasNothingLeftToDoIsNotCounted() {
		assertThat(report().isEmpty()).isTrue();
		add(null);
		add(null);
		assertThat(report().isEmpty()).isTrue();
		assertThat(report()).hasToString("");
	}

	@Test
	void whoHasSomethingLeftIsNamedWithWhatItIs() {
		add(null);
		add("message 7 is being handled");
		add(null).send(1, new byte[10]);
		add("messages wait").send(1, new byte[20]);
		UnfinishedReport report = report();
		assertThat(report.isEmpty()).isFalse();
		assertThat(report.connections()).isEqualTo(3);
		assertThat(report).hasToString(
				"Connection 2 of test from embedded: message 7 is being handled; Connection 3 of test from embedded: "
						+ "18 bytes are unsent; Connection 4 of test from embedded: messages wait, 28 bytes are unsent");
	}

	@ParameterizedTest
	@CsvSource({ "19, 19, false", "20, 20, false", "21, 20, true", "500, 20, true" })
	void allAreCountedAndTheFirstTwentyAreNamed(int unfinished, int named, boolean others) {
		for (int i = 0; i < unfinished; i++) {
			add("busy");
		}
		UnfinishedReport report = report();
		assertThat(report.connections()).isEqualTo(unfinished);
		assertThat(report.first()).hasSize(named);
		assertThat(report.toString().endsWith("; and others")).isEqualTo(others);
		List<String> expected = IntStream.rangeClosed(1, named)
			.mapToObj((connId) -> "Connection " + connId + " of test from embedded: busy")
			.toList();
		assertThat(report.first()).isEqualTo(expected);
	}

	private UnfinishedReport report() {
		return UnfinishedReport.of(this.connections);
	}

	private ChannelConnection add(@Nullable String unfinished) {
		EmbeddedChannel channel = new EmbeddedChannel();
		this.channels.add(channel);
		ChannelConnection connection = this.factory.newConnection(this.channels.size(), channel);
		connection.lane(new ConnectionLane() {
			@Override
			public boolean execute(Runnable task) {
				return false;
			}

			@Override
			public @Nullable String unfinished() {
				return unfinished;
			}
		});
		this.connections.add(connection);
		return connection;
	}

	private static ConnectionFactory factory() {
		ConnManager manager = new ConnManager(1);
		return TestConnections.factory(ConnectionRegistry.of(manager), new TlvCodec(), Clocks.SYSTEM, manager.metrics(),
				new LoopLocal<>(LoopOutbox::new));
	}

}
