package io.zinx.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.zinx.metrics.AuthenticationOutcome;
import io.zinx.metrics.ConnectionTransport;
import io.zinx.metrics.LinkMetrics;
import io.zinx.testing.TestThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AuthenticatorCallTests {

	private static final ConnectionRequest REQUEST = new ConnectionRequest(
			new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), ConnectionTransport.TCP, null, null, null,
			Map.of());

	private static final AuthenticationResult ADMITTED = AuthenticationResult.admit("ann");

	private final EventLoop loop = new DefaultEventLoop();

	private final LinkMetrics metrics = new LinkMetrics();

	private final List<AuthenticationResult> decided = new CopyOnWriteArrayList<>();

	@AfterEach
	void end() {
		this.loop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private AuthenticatorCall ask(ConnectionAuthenticator authenticator, Duration timeout) throws Exception {
		AuthenticatorCalls calls = new AuthenticatorCalls(authenticator, new AuthenticationSettings(timeout, 2),
				TestThreads.named("test"), this.metrics, System::nanoTime);
		return this.loop.submit(() -> calls.ask(REQUEST, this.loop, this.decided::add)).get(10, TimeUnit.SECONDS);
	}

	private AuthenticatorCall ask(ConnectionAuthenticator authenticator) throws Exception {
		return ask(authenticator, Duration.ofMinutes(1));
	}

	private AuthenticationResult decision() {
		Awaitility.await().until(() -> !this.decided.isEmpty());
		return this.decided.get(0);
	}

	private void assertCounted(AuthenticationOutcome outcome) {
		for (AuthenticationOutcome each : AuthenticationOutcome.values()) {
			assertThat(this.metrics.authentications(each)).as("%s", each).isEqualTo((each == outcome) ? 1 : 0);
		}
		assertThat(this.decided.size()).isLessThan(2);
	}

	private void assertRefused(int status) {
		assertThat(decision()).isInstanceOfSatisfying(AuthenticationResult.Refused.class,
				(refused) -> assertThat(refused.status()).isEqualTo(status));
	}

	@Test
	void itIsCalledOnAThreadOfItsOwn() throws Exception {
		AtomicReference<Thread> thread = new AtomicReference<>();
		ask((request) -> {
			thread.set(Thread.currentThread());
			return ADMITTED;
		});
		assertThat(decision()).isSameAs(ADMITTED);
		assertThat(Objects.requireNonNull(thread.get()).getName()).startsWith("test-authentication-");
		assertThat(thread.get().isDaemon()).isTrue();
		assertCounted(AuthenticationOutcome.ADMITTED);
	}

	@Test
	void itMayDecideLater() throws Exception {
		CompletableFuture<AuthenticationResult> first = new CompletableFuture<>();
		CompletableFuture<AuthenticationResult> second = new CompletableFuture<>();
		ask((request) -> AuthenticationResult.later(first));
		first.complete(AuthenticationResult.later(second));
		assertThat(this.decided).isEmpty();
		second.complete(AuthenticationResult.refuse(429, "Too often"));
		assertRefused(429);
		assertCounted(AuthenticationOutcome.REFUSED);
	}

	@Test
	void whoFailsAdmitsNobody() throws Exception {
		ask((request) -> {
			throw new IllegalStateException("no database");
		});
		assertRefused(500);
		assertCounted(AuthenticationOutcome.FAILED);
	}

	@Test
	void whoFailsLaterAdmitsNobody() throws Exception {
		ask((request) -> AuthenticationResult
			.later(CompletableFuture.failedFuture(new IllegalStateException("no database"))));
		assertRefused(500);
		assertCounted(AuthenticationOutcome.FAILED);
	}

	@Test
	@SuppressWarnings("NullAway")
	void nullIsNoDecision() throws Exception {
		ask((request) -> null);
		assertRefused(500);
		assertCounted(AuthenticationOutcome.FAILED);
	}

	@Test
	void aDecisionThatIsTooLateIsNone() throws Exception {
		CompletableFuture<AuthenticationResult> late = new CompletableFuture<>();
		ask((request) -> AuthenticationResult.later(late), Duration.ofMillis(20));
		assertRefused(503);
		late.complete(ADMITTED);
		this.loop.submit(() -> assertCounted(AuthenticationOutcome.TIMEOUT)).get(10, TimeUnit.SECONDS);
	}

	@Test
	void nothingIsDecidedAboutWhoIsGone() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		CompletableFuture<AuthenticationResult> late = new CompletableFuture<>();
		AuthenticatorCall call = ask((request) -> {
			asked.countDown();
			return AuthenticationResult.later(late);
		});
		assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
		this.loop.submit(call::withdraw).get(10, TimeUnit.SECONDS);
		late.complete(ADMITTED);
		this.loop.submit(() -> assertCounted(AuthenticationOutcome.ABORTED)).get(10, TimeUnit.SECONDS);
		assertThat(this.decided).isEmpty();
	}

	@Test
	void noMoreThreadsCallItThanAreSet() throws Exception {
		CountDownLatch begun = new CountDownLatch(2);
		CountDownLatch go = new CountDownLatch(1);
		AuthenticatorCalls calls = new AuthenticatorCalls((request) -> {
			begun.countDown();
			assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
			return ADMITTED;
		}, new AuthenticationSettings(Duration.ofMinutes(1), 2), TestThreads.named("two"), this.metrics,
				System::nanoTime);
		for (int client = 0; client < 20; client++) {
			this.loop.submit(() -> calls.ask(REQUEST, this.loop, this.decided::add)).get(10, TimeUnit.SECONDS);
		}
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("two-authentication-") && thread.isAlive())
			.hasSize(2);
		go.countDown();
		Awaitility.await().until(() -> this.decided.size() == 20);
	}

}
