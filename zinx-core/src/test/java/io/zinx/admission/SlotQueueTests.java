package io.zinx.admission;

import java.io.IOException;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.admission.AcceptorFixture.Client;
import io.zinx.connection.CloseReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SlotQueueTests {

	private final AcceptorFixture server = new AcceptorFixture(1,
			ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT));

	private final Client first = this.server.arrived("first");

	@AfterEach
	void closeChannels() {
		this.server.turn();
		this.server.close();
	}

	@Test
	void clientsAreServedInTheOrderOfTheirComing() {
		Client a = this.server.arrived("a");
		Client b = this.server.arrived("b");
		Client c = this.server.arrived("c");
		assertThat(this.server.manager.waiting()).isEqualTo(3);
		assertThat(a.heard).isEmpty();
		for (Client next : new Client[] { a, b, c }) {
			assertThat(next.heard).isEmpty();
			this.server.end(this.server.admitted.size() - 1);
			this.server.turn();
			assertThat(next.heard).startsWith("assembled", "active");
			assertThat(this.server.manager.size()).isEqualTo(1);
		}
		assertThat(this.server.ids()).as("numbers are given when they are served").containsExactly(1L, 2L, 3L, 4L);
		assertThat(this.server.rejected).isEmpty();
		assertThat(this.server.manager.metrics().rejected("max-conn")).isZero();
	}

	@Test
	void nobodyOvertakesWhoWaits() {
		Client waits = this.server.arrived("waits");
		Client comesLater = this.server.arriving("comes later");
		this.server.end(0);
		comesLater.arrive();
		this.server.turn();
		assertThat(waits.heard).contains("active");
		assertThat(comesLater.heard).isEmpty();
		assertThat(this.server.manager.waiting()).isEqualTo(1);
	}

	@Test
	void oneThatGoesAwayLosesItsPlaceAndNoSlot() {
		Client goes = this.server.arrived("goes");
		Client stays = this.server.arrived("stays");
		goes.goAway();
		assertThat(this.server.manager.waiting()).isEqualTo(1);
		this.server.end(0);
		this.server.turn();
		assertThat(stays.heard).contains("active");
		assertThat(goes.heard).isEmpty();
		assertThat(this.server.rejected).as("nobody sent it away").isEmpty();
	}

	@Test
	void oneThatGoesAwayWhenItIsCalledLeavesTheSlotToTheNext() {
		Client called = this.server.arrived("called");
		Client next = this.server.arrived("next");
		this.server.end(0);
		assertThat(this.server.manager.size()).as("a slot is kept for who was called").isEqualTo(1);
		called.channel.unsafe().close(called.channel.voidPromise());
		this.server.turn();
		assertThat(called.heard).isEmpty();
		assertThat(next.heard).contains("active");
		assertThat(this.server.rejected).isEmpty();
	}

	@Test
	void oneThatFailsLosesItsPlace() {
		Client fails = this.server.arrived("fails");
		fails.channel.pipeline().fireExceptionCaught(new IOException("reset"));
		assertThat(fails.channel.isOpen()).isFalse();
		assertThat(this.server.manager.waiting()).isZero();
	}

	@Test
	void whatOneSendsIsReadOnceAndHandedOverWhenItIsServed() {
		Client waits = this.server.arrived("waits");
		assertThat(waits.isRead()).as("to notice that it goes away").isTrue();
		waits.send("hello");
		assertThat(waits.isRead()).as("no more than once").isFalse();
		assertThat(this.server.manager.waiting()).isEqualTo(1);
		this.server.end(0);
		this.server.turn();
		assertThat(waits.heard).containsExactly("assembled", "active", "read hello", "read complete");
	}

	@Test
	void theConnectionSaysItselfWhetherItIsRead() {
		Client waits = this.server.arrived("waits");
		assertThat(waits.isRead()).isTrue();
		this.server.end(0);
		this.server.turn();
		assertThat(waits.heard).contains("active");
		assertThat(waits.isRead()).isFalse();
	}

	@Test
	void oneThatHasSentAllItHasToSayIsServedAndItsEndComesLast() {
		Client waits = this.server.arrived("waits").send("all of it").endInput();
		assertThat(waits.channel.isOpen()).isTrue();
		this.server.end(0);
		this.server.turn();
		assertThat(waits.heard).containsExactly("assembled", "active", "read all of it", "read complete",
				"input ended");
	}

	@Test
	void oneThatEndsAndHasSaidNothingHasGone() {
		Client waits = this.server.arrived("waits").endInput();
		assertThat(waits.channel.isOpen()).isFalse();
		assertThat(this.server.manager.waiting()).isZero();
	}

	@Test
	void otherEventsOfOneThatWaitsMeanNothing() {
		Client waits = this.server.arrived("waits");
		waits.channel.pipeline().fireUserEventTriggered("something else");
		assertThat(waits.channel.isOpen()).isTrue();
		assertThat(this.server.manager.waiting()).isEqualTo(1);
	}

	@Test
	void whatOneHadSentThatGoesAwayIsGivenBack() {
		Client waits = this.server.arrived("waits").send("never handled");
		waits.goAway();
		this.server.end(0);
		this.server.turn();
		assertThat(waits.heard).isEmpty();
	}

	@Test
	void oneThatCannotBeAdmittedIsClosedAndTheNextIsServed() {
		Client unlucky = this.server.arrived("unlucky").send("never handled");
		Client next = this.server.arrived("next");
		this.server.end(0);
		this.server.failing = true;
		unlucky.channel.runPendingTasks();
		this.server.failing = false;
		this.server.turn();
		assertThat(unlucky.channel.isOpen()).isFalse();
		assertThat(next.heard).contains("active");
		assertThat(this.server.manager.size()).isEqualTo(1);
	}

	@Test
	void aStopSendsAwayAllWhoWaitAndSaysSo() {
		Client a = this.server.arrived("a");
		Client b = this.server.arrived("b").send("never handled");
		this.server.acceptor.stop();
		this.server.turn();
		assertThat(a.channel.isOpen()).isFalse();
		assertThat(b.channel.isOpen()).isFalse();
		assertThat(this.server.rejected).containsExactly("a/<unresolved>:1 server-stopping",
				"b/<unresolved>:1 server-stopping");
		assertThat(this.server.manager.metrics().rejected("server-stopping")).isEqualTo(2);
		assertThat(this.server.manager.metrics().rejected("max-conn")).isZero();
		assertThat(this.server.manager.waiting()).isZero();
		assertThat(this.server.manager.size()).as("who is served stays").isEqualTo(1);
		assertThat(this.first.channel.isOpen()).isTrue();
	}

	@Test
	void aStopSaysNothingOfOneThatHadGoneBefore() {
		this.server.arrived("goes").goAway();
		Client stays = this.server.arrived("stays");
		this.server.acceptor.stop();
		stays.channel.unsafe().close(stays.channel.voidPromise());
		this.server.turn();
		assertThat(this.server.rejected).isEmpty();
	}

	@Test
	void oneThatIsCalledWhenTheServerStopsIsSentAwayAndItsSlotIsFree() {
		Client called = this.server.arrived("called");
		this.server.end(0);
		this.server.acceptor.stop();
		this.server.turn();
		assertThat(called.heard).isEmpty();
		assertThat(called.channel.isOpen()).isFalse();
		assertThat(this.server.rejected).containsExactly("called/<unresolved>:1 server-stopping");
		assertThat(this.server.manager.size()).isZero();
	}

	/**
	 * The acceptor has looked whether the server has stopped just before it did.
	 */
	@Test
	void oneThatComesToTheQueueAfterTheStopIsSentAwayAndSaidSo() {
		SlotQueue queue = new SlotQueue(this.server.registry, (channel, assembly) -> {
			throw new AssertionError("admitted " + channel);
		});
		queue.stop();
		Client late = this.server.arriving("late");
		queue.turnAway(late.channel, (connection) -> {
			throw new AssertionError("admitted " + connection);
		});
		this.server.turn();
		assertThat(late.channel.isOpen()).isFalse();
		assertThat(queue.size()).isZero();
		assertThat(this.server.rejected).containsExactly("late/<unresolved>:1 server-stopping");
	}

	@Test
	void aSlotThatIsFreeAfterTheStopIsForNobody() {
		this.server.arrived("waits");
		this.server.acceptor.stop();
		this.server.end(0);
		this.server.turn();
		assertThat(this.server.manager.size()).isZero();
		assertThat(this.server.admitted).hasSize(1);
	}

	@Test
	void afterAResumeClientsWaitInAQueueThatIsNew() {
		this.server.arrived("sent away");
		this.server.acceptor.stop();
		this.server.turn();
		this.server.acceptor.resume();
		Client waits = this.server.arrived("waits");
		assertThat(this.server.manager.waiting()).isEqualTo(1);
		this.server.end(0);
		this.server.turn();
		assertThat(waits.heard).contains("active");
		assertThat(this.server.rejected).hasSize(1);
	}

	@Test
	void aServerWithRoomForOneMoreAccepts() {
		AcceptorFixture roomy = new AcceptorFixture(3,
				ConnectionSettings.DEFAULTS.withMaxConnPolicy(MaxConnPolicy.WAIT));
		roomy.arrived("a");
		roomy.arriving("b");
		roomy.arriving("c");
		assertThat(roomy.accepts()).as("as many as there are slots").isTrue();
		Client last = roomy.arriving("d");
		assertThat(roomy.accepts()).as("one more").isFalse();
		last.goAway();
		roomy.turn();
		roomy.close();
	}

	@Test
	void acceptingPausesWhileAnybodyWaitsAndGoesOnWhenItIsServed() {
		assertThat(this.server.accepts()).isTrue();
		this.server.arrived("waits");
		assertThat(this.server.accepts()).isFalse();
		this.server.end(0);
		this.server.turn();
		assertThat(this.server.manager.waiting()).isZero();
		assertThat(this.server.accepts()).isTrue();
	}

	@Test
	void acceptingGoesOnWhenWhoWaitsGoesAway() {
		Client goes = this.server.arrived("goes");
		assertThat(this.server.accepts()).isFalse();
		goes.goAway();
		assertThat(this.server.accepts()).isTrue();
	}

	@Test
	void acceptingGoesOnWhenASlotIsFreeBeforeWhoIsOnItsWayHasCome() {
		Client onItsWay = this.server.arriving("on its way");
		assertThat(this.server.accepts()).isFalse();
		this.server.end(0);
		assertThat(this.server.accepts()).isTrue();
		onItsWay.arrive();
		assertThat(onItsWay.heard).contains("active");
	}

	@Test
	void acceptingGoesOnWhenWhoWasOnItsWayCannotBeAdmitted() {
		this.server.end(0);
		Client unlucky = this.server.arriving("unlucky");
		Client second = this.server.arriving("second");
		assertThat(this.server.accepts()).isFalse();
		this.server.failing = true;
		assertThatIllegalStateException().isThrownBy(unlucky::arrive);
		this.server.failing = false;
		assertThat(this.server.accepts()).isTrue();
		second.arrive();
		assertThat(second.heard).contains("active");
	}

	/**
	 * As when its event loop cannot take it up.
	 */
	@Test
	void acceptingGoesOnWhenWhoWasOnItsWayIsClosedWithoutEverArriving() {
		Client lost = this.server.arriving("lost");
		assertThat(this.server.accepts()).isFalse();
		lost.goAway();
		this.server.end(0);
		assertThat(this.server.accepts()).isTrue();
		this.server.arriving("next");
		assertThat(this.server.accepts()).as("there is a slot for it").isTrue();
	}

	@Test
	void whoHasArrivedIsCountedOnceThoughItIsClosedLater() {
		this.server.end(0);
		Client served = this.server.arrived("served");
		this.server.end(1);
		served.goAway();
		Client onItsWay = this.server.arriving("on its way");
		assertThat(this.server.accepts()).isTrue();
		this.server.arriving("one too many");
		assertThat(this.server.accepts()).isFalse();
		onItsWay.goAway();
		assertThat(this.server.accepts()).isTrue();
	}

	@Test
	void aChannelThatHasStoppedListeningIsLeftAlone() {
		Client goes = this.server.arrived("goes");
		this.server.listening.close();
		goes.goAway();
		assertThat(this.server.accepts()).isFalse();
	}

	@Test
	void aSlotThatIsGivenBackWithNobodyWaitingStaysFree() {
		this.server.end(0);
		this.server.turn();
		assertThat(this.server.manager.size()).isZero();
		Client next = this.server.arrived("next");
		assertThat(next.heard).startsWith("assembled", "active");
		assertThat(this.server.admitted.get(0).closeReason()).isEqualTo(CloseReason.HANDLER);
	}

	/**
	 * A port and a Unix domain socket.
	 */
	@Test
	void eachOfTwoChannelsStopsAcceptingWithItsNextClientAndBothGoOn() {
		EmbeddedChannel second = new EmbeddedChannel(this.server.acceptor.listeningHandler());
		this.server.arrived("a");
		assertThat(this.server.accepts()).isFalse();
		assertThat(second.config().isAutoRead()).as("nobody has come to it").isTrue();
		Client b = this.server.arriving("b", second);
		assertThat(second.config().isAutoRead()).isFalse();
		b.arrive();
		for (int i = 0; i < 2; i++) {
			assertThat(this.server.accepts()).isFalse();
			second.runPendingTasks();
			assertThat(second.config().isAutoRead()).isFalse();
			this.server.end(i);
			this.server.turn();
		}
		assertThat(b.heard).contains("active");
		assertThat(this.server.accepts()).isTrue();
		second.runPendingTasks();
		assertThat(second.config().isAutoRead()).isTrue();
		second.releaseInbound();
		second.close();
	}

}
