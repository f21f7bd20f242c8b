package io.zinx.transport;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.zinx.eventloop.LimitedIoHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What becomes of registrations, by an epoll that only records; what it is for, by real
 * sockets: {@code io.zinx.server.PartialWriteTests}.
 */
class RearmingEpollIoHandlerTests {

	private static final IoHandle HANDLE = new NoHandle();

	private final List<String> events = new ArrayList<>();

	private final IoHandler handler = RearmingEpollIoHandler.factory((executor) -> new RecordingHandler(), 16)
		.newHandler(ImmediateEventExecutor.INSTANCE);

	private @Nullable IOException failure;

	private IoRegistration register() throws Exception {
		return this.handler.register(HANDLE);
	}

	private void assertHappened(String... expected) {
		assertThat(this.events).containsExactly(expected);
		this.events.clear();
	}

	@Test
	void whatIsNotEmptiedIsPassedThrough() throws Exception {
		IoRegistration registration = register();
		assertThat(registration.submit(EpollIoOps.EPOLLIN)).isEqualTo(1);
		registration.submit(EpollIoOps.EPOLLOUT);
		registration.submit(EpollIoOps.EPOLLIN);
		assertHappened("register 1", "1: in", "1: out", "1: in");
	}

	@Test
	void anEmptiedRegistrationIsMadeAnewBeforeItIsUsed() throws Exception {
		IoRegistration registration = register();
		registration.submit(EpollIoOps.EPOLLIN);
		registration.submit(EpollIoOps.NONE);
		assertHappened("register 1", "1: in", "1: none");
		assertThat(registration.submit(EpollIoOps.EPOLLOUT)).isEqualTo(2);
		assertHappened("cancel 1", "register 2", "2: out");
		registration.submit(EpollIoOps.EPOLLIN);
		assertHappened("2: in");
		registration.submit(EpollIoOps.NONE);
		registration.submit(EpollIoOps.EPOLLIN);
		assertHappened("2: none", "cancel 2", "register 3", "3: in");
	}

	@Test
	void oneThatIsEmptiedTwiceIsMadeAnewOnce() throws Exception {
		IoRegistration registration = register();
		registration.submit(EpollIoOps.NONE);
		registration.submit(EpollIoOps.NONE);
		registration.submit(EpollIoOps.EPOLLOUT);
		assertHappened("register 1", "1: none", "1: none", "cancel 1", "register 2", "2: out");
	}

	@Test
	void oneThatIsNoLongerValidIsLeftAlone() throws Exception {
		IoRegistration emptied = register();
		emptied.submit(EpollIoOps.NONE);
		assertThat(emptied.cancel()).isTrue();
		emptied.submit(EpollIoOps.EPOLLIN);
		assertHappened("register 1", "1: none", "cancel 1", "1: in");
		IoRegistration used = register();
		assertThat(used.cancel()).isTrue();
		used.submit(EpollIoOps.NONE);
		used.submit(EpollIoOps.EPOLLIN);
		assertHappened("register 2", "cancel 2", "2: none", "2: in");
	}

	@Test
	void oneThatCannotBeMadeAnewIsAnError() throws Exception {
		IoRegistration registration = register();
		registration.submit(EpollIoOps.NONE);
		IOException cause = new IOException("of a test");
		this.failure = cause;
		assertThatIllegalStateException().isThrownBy(() -> registration.submit(EpollIoOps.EPOLLOUT))
			.withMessage("Cannot register a half-closed socket with epoll again")
			.withCause(cause);
		assertHappened("register 1", "1: none", "cancel 1");
		assertThat(registration.isValid()).isFalse();
	}

	@Test
	void theFirstRegistrationFailsAsItDoesWithoutThis() {
		IOException cause = new IOException("of a test");
		this.failure = cause;
		assertThatThrownBy(this::register).isSameAs(cause);
	}

	@Test
	void everythingElseIsThatOfTheRegistrationThatThereIs() throws Exception {
		IoRegistration registration = register();
		assertThat(registration.<Object>attachment()).isEqualTo("attachment 1");
		registration.submit(EpollIoOps.NONE);
		assertThat(registration.<Object>attachment()).isEqualTo("attachment 1");
		assertThat(registration.isValid()).isTrue();
		registration.submit(EpollIoOps.EPOLLIN);
		assertThat(registration.<Object>attachment()).isEqualTo("attachment 2");
		assertThat(registration.cancel()).isTrue();
		assertThat(registration.isValid()).isFalse();
		assertThat(registration.cancel()).isFalse();
	}

	@Test
	void registrationsDoNotKnowOfEachOther() throws Exception {
		IoRegistration emptied = register();
		IoRegistration used = register();
		emptied.submit(EpollIoOps.NONE);
		used.submit(EpollIoOps.EPOLLIN);
		emptied.submit(EpollIoOps.EPOLLIN);
		assertHappened("register 1", "register 2", "1: none", "2: in", "cancel 1", "register 3", "3: in");
	}

	@Test
	void knowsHowManySocketsThereAre() throws Exception {
		assertThat(this.handler).isInstanceOfSatisfying(LimitedIoHandler.class, (limited) -> {
			assertThat(limited.limit()).isEqualTo(16);
			assertThat(limited.sockets()).isZero();
		});
		IoRegistration emptied = register();
		IoRegistration used = register();
		assertThat(((LimitedIoHandler) this.handler).sockets()).isEqualTo(2);
		emptied.submit(EpollIoOps.NONE);
		emptied.submit(EpollIoOps.EPOLLIN);
		assertThat(((LimitedIoHandler) this.handler).sockets()).isEqualTo(2);
		emptied.cancel();
		emptied.cancel();
		assertThat(((LimitedIoHandler) this.handler).sockets()).isOne();
		used.cancel();
		assertThat(((LimitedIoHandler) this.handler).sockets()).isZero();
	}

	@Test
	void theLifeOfTheHandlerIsThatOfEpoll() {
		this.handler.initialize();
		assertThat(this.handler.run(new NoContext())).isEqualTo(42);
		this.handler.wakeup();
		this.handler.prepareToDestroy();
		this.handler.destroy();
		assertHappened("initialize", "run", "wakeup", "prepare to destroy", "destroy");
		assertThat(this.handler.isCompatible(NoHandle.class)).isTrue();
		assertThat(this.handler.isCompatible(IoHandle.class)).isFalse();
	}

	private final class RecordingHandler implements IoHandler {

		private int registrations;

		@Override
		public void initialize() {
			RearmingEpollIoHandlerTests.this.events.add("initialize");
		}

		@Override
		public int run(IoHandlerContext context) {
			RearmingEpollIoHandlerTests.this.events.add("run");
			return 42;
		}

		@Override
		public void prepareToDestroy() {
			RearmingEpollIoHandlerTests.this.events.add("prepare to destroy");
		}

		@Override
		public void destroy() {
			RearmingEpollIoHandlerTests.this.events.add("destroy");
		}

		@Override
		public IoRegistration register(IoHandle handle) throws IOException {
			assertThat(handle).isSameAs(HANDLE);
			IOException failing = RearmingEpollIoHandlerTests.this.failure;
			if (failing != null) {
				throw failing;
			}
			this.registrations++;
			RearmingEpollIoHandlerTests.this.events.add("register " + this.registrations);
			return new RecordingRegistration(this.registrations);
		}

		@Override
		public void wakeup() {
			RearmingEpollIoHandlerTests.this.events.add("wakeup");
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> handleType) {
			return handleType == NoHandle.class;
		}

	}

	private final class RecordingRegistration implements IoRegistration {

		private final int number;

		private boolean valid = true;

		RecordingRegistration(int number) {
			this.number = number;
		}

		@Override
		@SuppressWarnings({ "unchecked", "TypeParameterUnusedInFormals" })
		public <T> T attachment() {
			return (T) ("attachment " + this.number);
		}

		@Override
		public long submit(IoOps ops) {
			RearmingEpollIoHandlerTests.this.events.add(this.number + ": " + name(ops));
			return this.number;
		}

		private static String name(IoOps ops) {
			if (ops.equals(EpollIoOps.NONE)) {
				return "none";
			}
			return ops.equals(EpollIoOps.EPOLLIN) ? "in" : "out";
		}

		@Override
		public boolean isValid() {
			return this.valid;
		}

		@Override
		public boolean cancel() {
			if (!this.valid) {
				return false;
			}
			this.valid = false;
			RearmingEpollIoHandlerTests.this.events.add("cancel " + this.number);
			return true;
		}

	}

	private static final class NoHandle implements IoHandle {

		@Override
		public void handle(IoRegistration registration, IoEvent event) {
		}

		@Override
		public void close() {
		}

	}

	private static final class NoContext implements IoHandlerContext {

		@Override
		public boolean canBlock() {
			return false;
		}

		@Override
		public long delayNanos(long currentTimeNanos) {
			return 0;
		}

		@Override
		public long deadlineNanos() {
			return -1;
		}

	}

}
