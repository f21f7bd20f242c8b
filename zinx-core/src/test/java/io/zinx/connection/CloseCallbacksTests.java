package io.zinx.connection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CloseCallbacksTests {

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final ChannelConnection connection = this.fixture.connection();

	private final CloseCallbacks callbacks = new CloseCallbacks();

	private final List<String> ran = new ArrayList<>();

	@BeforeEach
	void endConnection() {
		this.connection.close(CloseReason.IDLE);
	}

	@AfterEach
	void closeChannel() {
		this.fixture.channel.dispose();
	}

	@Test
	void allRunInTheOrderOfRegistrationAndHearTheReason() {
		add("a");
		add("b");
		add("c");
		assertThat(this.ran).isEmpty();
		run();
		assertThat(this.ran).containsExactly("a idle", "b idle", "c idle");
	}

	@Test
	void eachRunsOnceHoweverOftenTheEndComes() {
		add("a");
		run();
		run();
		assertThat(this.ran).containsExactly("a idle");
	}

	@Test
	void oneThatIsTakenBackDoesNotRun() {
		CloseCallback.Handle handle = add("taken back");
		add("stays");
		assertThat(handle.remove()).isTrue();
		assertThat(handle.remove()).as("a second time").isFalse();
		run();
		assertThat(this.ran).containsExactly("stays idle");
	}

	@Test
	void theSameOneRegisteredTwiceRunsTwiceAndIsTakenBackOnce() {
		CloseCallback callback = named("same");
		CloseCallback.Handle first = this.callbacks.add(this.connection, callback);
		this.callbacks.add(this.connection, callback);
		this.callbacks.add(this.connection, callback);
		assertThat(first.remove()).isTrue();
		run();
		assertThat(this.ran).containsExactly("same idle", "same idle");
	}

	@Test
	void oneThatThrowsStopsNobody() {
		this.callbacks.add(this.connection, (ended, reason) -> {
			throw new IOException("on purpose");
		});
		add("behind an exception");
		this.callbacks.add(this.connection, (ended, reason) -> {
			throw new AssertionError("on purpose");
		});
		add("behind an error");
		run();
		assertThat(this.ran).containsExactly("behind an exception idle", "behind an error idle");
	}

	@Test
	void oneWhoseFailureCannotBeLoggedStopsNobodyEither() {
		this.callbacks.add(this.connection, (ended, reason) -> {
			throw new Unspeakable();
		});
		add("behind it");
		run();
		assertThat(this.ran).containsExactly("behind it idle");
	}

	@Test
	void oneThatRegistersAnotherHasItRunBehindAllThatWait() {
		this.callbacks.add(this.connection, (ended, reason) -> {
			this.ran.add("first");
			add("added");
		});
		add("second");
		run();
		assertThat(this.ran).containsExactly("first", "second idle", "added idle");
	}

	@Test
	void oneThatRegistersItselfAgainComesToAnEndAndLeavesTheOthersTheirTurn() {
		CloseCallback[] itself = new CloseCallback[1];
		itself[0] = (ended, reason) -> {
			this.ran.add("again");
			if (this.ran.size() < 10_000) {
				this.callbacks.add(this.connection, itself[0]);
			}
		};
		this.callbacks.add(this.connection, itself[0]);
		add("other");
		run();
		assertThat(this.ran).hasSize(1002).contains("other idle");
		add("behind the end");
		assertThat(this.ran).endsWith("behind the end idle");
	}

	@Test
	void oneMayTakeBackAnotherButNotItself() {
		List<CloseCallback.Handle> handles = new ArrayList<>();
		handles.add(this.callbacks.add(this.connection, (ended, reason) -> {
			this.ran.add("itself " + handles.get(0).remove());
			this.ran.add("another " + handles.get(1).remove());
		}));
		handles.add(add("another"));
		run();
		assertThat(this.ran).containsExactly("itself false", "another true");
	}

	@Test
	void oneThatComesAfterTheEndRunsAtOnceOnItsOwnThread() throws Exception {
		run();
		AtomicReference<Thread> ranOn = new AtomicReference<>();
		AtomicReference<CloseCallback.Handle> handle = new AtomicReference<>();
		Thread late = new Thread(() -> handle.set(this.callbacks.add(this.connection, (ended, reason) -> {
			ranOn.set(Thread.currentThread());
			this.ran.add("late " + reason);
		})));
		late.start();
		late.join();
		assertThat(this.ran).containsExactly("late idle");
		assertThat(ranOn).hasValue(late);
		assertThat(handle.get()).isNotNull().extracting(CloseCallback.Handle::remove).isEqualTo(false);
	}

	@Test
	void oneThatComesAfterTheEndAndThrowsDoesNotHarmWhoRegistersIt() {
		run();
		CloseCallback.Handle handle = this.callbacks.add(this.connection, (ended, reason) -> {
			throw new IllegalStateException("on purpose");
		});
		assertThat(handle.remove()).isFalse();
	}

	@Test
	void oneMayWaitForAThreadThatRegistersAndTakesBack() {
		List<CloseCallback.Handle> handles = new ArrayList<>();
		this.callbacks.add(this.connection, (ended, reason) -> CompletableFuture.runAsync(() -> {
			this.ran.add("taken back " + handles.get(0).remove());
			add("registered elsewhere");
		}).get(30, TimeUnit.SECONDS));
		handles.add(add("taken back elsewhere"));
		run();
		assertThat(this.ran).containsExactly("taken back true", "registered elsewhere idle");
	}

	private CloseCallback.Handle add(String name) {
		return this.callbacks.add(this.connection, named(name));
	}

	private CloseCallback named(String name) {
		return (ended, reason) -> this.ran.add(name + " " + reason);
	}

	private void run() {
		this.callbacks.run(this.connection);
	}

	/**
	 * A failure that fails to say what it is.
	 */
	@SuppressWarnings("serial")
	private static final class Unspeakable extends RuntimeException {

		@Override
		public String getMessage() {
			throw new IllegalStateException("on purpose, too");
		}

	}

}
