package io.zinx.boot.context;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Router;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ConnectionEventsTests {

	@Test
	void opensAndClosesArePublishedOnTheThreadOfTheHooks() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Hearing.class))) {
			Hearing hearing = context.getBean(Hearing.class);
			SocketClient client = ZinxApplication.connect(context);
			assertThat(hearing.next()).matches("opened 1 null on ZinxServerApp-worker-[0-9]+");
			client.send(1, "x").receive();
			client.close();
			assertThat(hearing.next()).matches("closed 1 peer-closed ann on ZinxServerApp-worker-[0-9]+");
		}
	}

	@Test
	void listenersAreCalledInOrderAndEventsComeBehindThem() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Echo.class, Hearing.class, Ordered.class));
				SocketClient client = ZinxApplication.connect(context)) {
			Hearing hearing = context.getBean(Hearing.class);
			client.send(1, "x").receive();
			assertThat(hearing.next()).matches("opened 1 first second on ZinxServerApp-worker-[0-9]+");
		}
	}

	@Test
	void aListenerThatThrowsBreaksNothing(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Throwing.class),
				"zinx.max-conn=1"); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "x").receive().text()).isEqualTo("x");
			try (SocketClient rejected = ZinxApplication.connect(context)) {
				rejected.awaitClose();
			}
			assertThat(client.send(1, "y").receive().text()).isEqualTo("y");
		}
		assertThat(output).contains("A listener of ConnectionOpenedEvent failed",
				"A listener of ConnectionClosedEvent failed", "A listener of ZinxServerStoppedEvent failed");
	}

	@Test
	void whatAListenerThrowsBeginsNoLineOfTheLog(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Hostile.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "x").receive().text()).isEqualTo("x");
		}
		assertThat(output).contains("no name x\\nFAKE LINE\\u001b[31m").doesNotContain("\u001b[31m");
	}

	@Test
	void clientsThatAreTurnedAwayArePublishedOnAThreadOfTheirOwn() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Rejections.class),
				"zinx.max-conn=1"); SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "x").receive();
			Rejections rejections = context.getBean(Rejections.class);
			for (int i = 0; i < 3; i++) {
				try (SocketClient rejected = ZinxApplication.connect(context)) {
					assertThat(rejections.next())
						.isEqualTo("max-conn /127.0.0.1:" + rejected.localPort() + " on ZinxServerApp-events");
				}
			}
			context.stop();
			context.start();
			try (SocketClient again = ZinxApplication.connect(context)) {
				assertThat(again.send(1, "x").receive().text()).isEqualTo("x");
				try (SocketClient rejected = ZinxApplication.connect(context)) {
					assertThat(rejections.next()).contains("" + rejected.localPort());
				}
			}
			assertThat(rejections.heard).isEmpty();
		}
	}

	@Test
	void theStopIsPublishedWhenTheLastConnectionHasEnded() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, Hearing.class));
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "x").receive();
			Hearing hearing = context.getBean(Hearing.class);
			assertThat(hearing.next()).startsWith("opened");
			context.stop();
			assertThat(hearing.next()).startsWith("closed 1 server-stopping ann");
			assertThat(hearing.next()).isEqualTo("stopped stopped");
			assertThat(hearing.heard).isEmpty();
		}
	}

	@Test
	void nothingIsHookedInForEventsNobodyListensTo() {
		assertThat(hooks(Echo.class)).isZero();
		assertThat(hooks(Rejections.class)).isZero();
		assertThat(hooks(Hearing.class)).isOne();
		assertThat(hooks(LazyListener.class)).isOne();
		assertThat(hooks(OfEverything.class)).isOne();
		assertThat(hooks(OfOthers.class)).isZero();
	}

	private static int hooks(Class<?> listener) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(listener)) {
			return context.getBean(ConnectionEvents.class).hooks(List.of()).size();
		}
	}

	@Test
	void aListenerThatIsLazyHears() throws Exception {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Echo.class, LazyListener.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "x").receive().text()).isEqualTo("x");
			assertThat(LazyListener.heard.poll(30, TimeUnit.SECONDS)).isEqualTo("opened");
		}
	}

	@Test
	void aListenerInAParentContextHears() throws Exception {
		try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Hearing.class)
			.web(WebApplicationType.NONE)
			.child(ZinxApplication.autoConfigured(), Echo.class)
			.properties("zinx.port=0")
			.run(); SocketClient client = ZinxApplication.connect(child)) {
			client.send(1, "x").receive();
			assertThat(child.getBean(Hearing.class).next()).startsWith("opened 1");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Echo {

		@Bean
		@ZinxRouter(msgId = 1)
		Router echo() {
			return (request) -> {
				request.connection().setProperty("user", "ann");
				new EchoRouter().handle(request);
			};
		}

	}

	static class Hearing {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@EventListener
		void onOpened(ConnectionOpenedEvent event) {
			Connection connection = event.connection();
			note("opened " + connection.connId() + " " + connection.property("order"));
		}

		@EventListener
		void onClosed(ConnectionClosedEvent event) {
			note("closed " + event.connection().connId() + " " + event.reason().tag() + " "
					+ event.connection().property("user"));
		}

		@EventListener
		void onStopped(ZinxServerStoppedEvent event) {
			this.heard.add("stopped " + (event.server().isRunning() ? "not" : "stopped"));
		}

		private void note(String what) {
			this.heard.add(what + " on " + Thread.currentThread().getName());
		}

		@Nullable String next() throws InterruptedException {
			return this.heard.poll(30, TimeUnit.SECONDS);
		}

	}

	static class Rejections {

		final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@EventListener
		void onRejected(ConnectionRejectedEvent event) {
			this.heard.add(event.reason() + " " + event.remoteAddress() + " on " + Thread.currentThread().getName());
		}

		@Nullable String next() throws InterruptedException {
			return this.heard.poll(30, TimeUnit.SECONDS);
		}

	}

	static class Throwing {

		@EventListener({ ConnectionOpenedEvent.class, ConnectionClosedEvent.class, ConnectionRejectedEvent.class,
				ZinxServerStoppedEvent.class })
		void onEvent() {
			throw new IllegalStateException("listener");
		}

	}

	static class Hostile {

		@EventListener(ConnectionOpenedEvent.class)
		void onOpened() {
			throw new IllegalStateException("no name x\nFAKE LINE\u001b[31m");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ordered {

		@Bean
		@Order(2)
		ConnectionListener second() {
			return noting("second");
		}

		@Bean
		@Order(1)
		ConnectionListener first() {
			return noting("first");
		}

		private static ConnectionListener noting(String name) {
			return new ConnectionListener() {

				@Override
				public void onStart(Connection connection) {
					Object before = connection.property("order");
					connection.setProperty("order", (before != null) ? before + " " + name : name);
				}

				@Override
				public void onStop(Connection connection, CloseReason reason) {
					throw new IllegalStateException("breaks nothing");
				}

			};
		}

	}

	@Lazy
	static class LazyListener implements ApplicationListener<ConnectionOpenedEvent> {

		static final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		@Override
		public void onApplicationEvent(ConnectionOpenedEvent event) {
			heard.add("opened");
		}

	}

	static class OfEverything implements ApplicationListener<ApplicationEvent> {

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	@Lazy
	static class OfOthers implements ApplicationListener<ZinxServerStartedEvent> {

		@Override
		public void onApplicationEvent(ZinxServerStartedEvent event) {
		}

	}

}
