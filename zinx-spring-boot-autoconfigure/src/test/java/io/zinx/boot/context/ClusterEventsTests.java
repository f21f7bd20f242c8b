package io.zinx.boot.context;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.testing.UnpluggedBackplane;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.cluster.ClusterListener;
import io.zinx.cluster.ClusterNode;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.PushTarget;
import io.zinx.cluster.ZinxCluster;
import io.zinx.connection.ConnManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class ClusterEventsTests {

	@Test
	void nodesThatComeAndGoArePublished() throws Exception {
		InProcessBackplane backplane = new InProcessBackplane();
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(Hearing.class), backplane,
				"zinx.cluster.node-id=here")) {
			Hearing hearing = context.getBean(Hearing.class);
			assertThat(hearing.next()).isEqualTo("connected here");
			ConfigurableApplicationContext other = ZinxApplication.runNode(List.of(), backplane.anotherEnd(),
					"zinx.cluster.node-id=there");
			assertThat(hearing.next()).isEqualTo("joined there of 2");
			other.close();
			assertThat(hearing.next()).isEqualTo("left there of 1");
		}
	}

	@Test
	void aBackplaneThatIsAwayIsPublished() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(Hearing.class),
				new UnpluggedBackplane())) {
			assertThat(context.getBean(Hearing.class).next()).isEqualTo("disconnected");
		}
	}

	@Test
	void listenersAreCalledToo() {
		InProcessBackplane backplane = new InProcessBackplane();
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(Listening.class), backplane);
				ConfigurableApplicationContext other = ZinxApplication.runNode(List.of(), backplane.anotherEnd(),
						"zinx.cluster.node-id=there")) {
			Listening listening = context.getBean(Listening.class);
			await().until(() -> listening.heard.contains("joined there"));
			assertThat(listening.heard).contains("connected");
			assertThat(other.isActive()).isTrue();
		}
	}

	@Test
	void aListenerThatThrowsBreaksNothing(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.runNode(List.of(Throwing.class, Listening.class),
				new InProcessBackplane())) {
			await().until(() -> context.getBean(Listening.class).heard.contains("connected"));
			await().until(() -> output.getAll().contains("A listener of ClusterConnectedEvent failed"));
			assertThat(output).contains(Throwing.class.getName() + " failed");
		}
	}

	@Test
	void lostMessagesArePublished() throws Exception {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			Hearing hearing = new Hearing();
			context.addApplicationListener((ClusterMessagesLostEvent event) -> hearing.onLost(event));
			context.refresh();
			ClusterEvents events = new ClusterEvents(context, List::of, () -> "test");
			ClusterListener listener = events.listener();
			listener.messagesLost("there", PushTarget.key("before the start"), 1);
			events.begin(ZinxCluster.ofOneNode(new ConnManager(1)));
			listener.messagesLost("there", PushTarget.group("lobby"), 3);
			assertThat(hearing.next()).isEqualTo("lost 3 of there to group lobby");
			assertThat(hearing.heard).isEmpty();
		}
	}

	static class Hearing {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@EventListener
		void onConnected(ClusterConnectedEvent event) {
			this.heard.add("connected " + event.cluster().nodeId());
		}

		@EventListener
		void onDisconnected(ClusterDisconnectedEvent event) {
			this.heard.add("disconnected");
		}

		@EventListener
		void onJoined(ClusterNodeJoinedEvent event) {
			this.heard.add("joined " + event.node().id() + " of " + event.cluster().nodes().size());
		}

		@EventListener
		void onLeft(ClusterNodeLeftEvent event) {
			this.heard.add("left " + event.node().id() + " of " + event.cluster().nodes().size());
		}

		@EventListener
		void onLost(ClusterMessagesLostEvent event) {
			this.heard.add("lost " + event.count() + " of " + event.nodeId() + " to " + event.target());
		}

		@Nullable String next() throws InterruptedException {
			return this.heard.poll(30, TimeUnit.SECONDS);
		}

	}

	/**
	 * Depends on what depends on the cluster.
	 */
	static class Listening implements ClusterListener {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		final ZinxTemplate template;

		Listening(ZinxTemplate template) {
			this.template = template;
		}

		@Override
		public void connected() {
			this.heard.add("connected");
		}

		@Override
		public void nodeJoined(ClusterNode node) {
			this.heard.add("joined " + node.id());
		}

	}

	static class Throwing implements ClusterListener {

		@Override
		public void connected() {
			throw new IllegalStateException("on purpose");
		}

		@EventListener
		void onConnected(ClusterConnectedEvent event) {
			throw new IllegalStateException("on purpose");
		}

	}

}
