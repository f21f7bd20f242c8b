package io.zinx.admission;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.zinx.admission.AcceptorFixture.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class ConnectionAcceptorTests {

	private final AcceptorFixture server = new AcceptorFixture(1, ConnectionSettings.DEFAULTS);

	@AfterEach
	void closeChannels() {
		this.server.close();
	}

	@Test
	void aClientIsKnownBeforeItsPipelineIsAssembled() {
		Client client = this.server.arriving("client");
		List<String> seen = new ArrayList<>();
		this.server.acceptor.accept(client.channel, (connection) -> {
			boolean known = this.server.manager.get(connection.connId()) == connection;
			seen.add("known: " + known + ", slots: " + this.server.manager.size());
		});
		assertThat(seen).containsExactly("known: true, slots: 1");
		assertThat(this.server.manager.metrics().accepted()).isEqualTo(1);
	}

	@Test
	void aFullServerTurnsTheNextClientAwayAndSpendsNoNumberOnIt() {
		this.server.arrived("first");
		Client second = this.server.arrived("second");
		assertThat(second.channel.isOpen()).isFalse();
		assertThat(this.server.rejected).containsExactly("second/<unresolved>:1 max-conn");
		this.server.end(0);
		this.server.arrived("third");
		assertThat(this.server.ids()).containsExactly(1L, 2L);
	}

	@ParameterizedTest
	@EnumSource(value = MaxConnPolicy.class, names = "REJECT_MESSAGE", mode = EnumSource.Mode.EXCLUDE)
	void aStoppedServerTurnsAwayBeforeItAsksForASlot(MaxConnPolicy policy) {
		AcceptorFixture stopped = new AcceptorFixture(1, ConnectionSettings.DEFAULTS.withMaxConnPolicy(policy));
		stopped.acceptor.stop();
		Client withRoom = stopped.arrived("with room");
		assertThat(withRoom.channel.isOpen()).isFalse();
		assertThat(stopped.manager.size()).isZero();
		assertThat(stopped.registry.slots().take()).isTrue();
		stopped.arrived("without");
		assertThat(stopped.manager.waiting()).isZero();
		assertThat(stopped.rejected).containsExactly("with room/<unresolved>:1 server-stopping",
				"without/<unresolved>:1 server-stopping");
		stopped.close();
	}

	@Test
	void aConnectionThatCannotBeMadeGivesItsSlotBack() {
		this.server.failing = true;
		Client unlucky = this.server.arriving("unlucky");
		assertThatIllegalStateException().isThrownBy(unlucky::arrive).withMessage("on purpose");
		assertThat(this.server.manager.size()).isZero();
		assertThat(this.server.manager.metrics().accepted()).isZero();
		this.server.failing = false;
		assertThat(this.server.arrived("next").heard).contains("active");
	}

	/**
	 * Who assembles the pipeline closes the connection then: the stop may have looked at
	 * all connections just before this one was known.
	 */
	@Test
	void aServerThatStopsWhileAClientIsAdmittedTellsWhoAssembles() {
		Client client = this.server.arriving("client");
		List<Boolean> stopped = new ArrayList<>();
		this.server.acceptor.accept(client.channel, (connection) -> {
			stopped.add(this.server.acceptor.isStopped());
			this.server.acceptor.stop();
			stopped.add(this.server.acceptor.isStopped());
		});
		assertThat(stopped).containsExactly(false, true);
		assertThat(this.server.manager.size()).isEqualTo(1);
	}

	@Test
	void aServerThatResumesAdmitsAgain() {
		this.server.acceptor.stop();
		this.server.arrived("too early");
		this.server.acceptor.resume();
		assertThat(this.server.acceptor.isStopped()).isFalse();
		assertThat(this.server.arrived("in time").heard).contains("active");
		assertThat(this.server.rejected).hasSize(1);
	}

	@Test
	void aFullServerSaysSoOnceASecond() {
		List<String> lines = logged(() -> {
			this.server.arrived("first");
			this.server.arrived("second");
			this.server.arrived("third");
			this.server.millis += 1000;
			this.server.arrived("fourth");
		});
		assertThat(lines).containsExactly(
				"[full] All 1 slots are taken (zinx.max-conn), zinx.max-conn-policy for further clients is close "
						+ "(0 more since the last such line)",
				"[full] All 1 slots are taken (zinx.max-conn), zinx.max-conn-policy for further clients is close "
						+ "(1 more since the last such line)");
	}

	@Test
	void aChannelThatIsAcceptedGoesOnToItsEventLoop() {
		Client client = this.server.arriving("client");
		assertThat(this.server.listening.<Object>readInbound()).isSameAs(client.channel);
	}

	private static List<String> logged(Runnable code) {
		Logger logger = (Logger) LoggerFactory.getLogger(ConnectionAcceptor.class);
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

}
