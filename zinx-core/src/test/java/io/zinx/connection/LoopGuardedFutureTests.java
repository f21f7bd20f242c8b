package io.zinx.connection;

import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class LoopGuardedFutureTests {

	private final ConnectionFixture fixture = new ConnectionFixture();

	private final ChannelConnection connection = this.fixture.connection();

	private final WritesWhenAsked writer = new WritesWhenAsked();

	private final SendFuture future = new SendFuture(this.writer, this.connection);

	@AfterEach
	void closeChannel() {
		this.fixture.channel.dispose();
	}

	@ParameterizedTest
	@MethodSource("waitsTimesDependents")
	void anEventLoopThatWaitsIsToldAtOnce(Wait wait, Dependent dependent) {
		this.writer.onLoop = true;
		this.writer.toComplete = this.future;
		CompletableFuture<?> waitedFor = dependent.of(this.future);
		assertThatIllegalStateException().isThrownBy(() -> wait.on(waitedFor))
			.withMessageContaining("event loop cannot wait");
		assertThat(this.writer.asked).isZero();
		assertThat(waitedFor).as("not harmed by that").isNotDone();
	}

	@ParameterizedTest
	@MethodSource("waitsTimesDependents")
	void anyOtherThreadThatWaitsHasItWritten(Wait wait, Dependent dependent) throws Exception {
		this.writer.toComplete = this.future;
		wait.on(dependent.of(this.future));
		assertThat(this.writer.asked).isEqualTo(1);
	}

	@ParameterizedTest
	@MethodSource("waits")
	void anEventLoopMayAskForWhatIsDone(Wait wait) throws Exception {
		this.writer.onLoop = true;
		this.future.written(null);
		wait.on(this.future);
		wait.on(this.future.thenRun(() -> {
		}));
		assertThat(this.writer.asked).isZero();
	}

	@Test
	void whatFailsBeforeItIsWrittenSaysHowFarItCame() {
		this.connection.close(CloseReason.SLOW_CONSUMER);
		ClosedChannelException cause = new ClosedChannelException();
		this.future.written(cause);
		SendFailedException failure = failure();
		assertThat(failure.result()).isEqualTo(SendResult.ACCEPTED);
		assertThat(failure.closeReason()).isEqualTo(CloseReason.SLOW_CONSUMER);
		assertThat(failure).hasCause(cause).hasMessageEndingWith("before it was written (slow-consumer)");
	}

	@ParameterizedTest
	@EnumSource(value = SendResult.class, names = "ACCEPTED", mode = EnumSource.Mode.EXCLUDE)
	void whatIsRefusedSaysWhy(SendResult result) {
		this.future.refused(result);
		SendFailedException failure = failure();
		assertThat(failure.result()).isEqualTo(result);
		assertThat(failure.closeReason()).isNull();
		assertThat(failure).hasNoCause().hasMessageStartingWith("Not sent to Connection 7 of client");
	}

	@Test
	void theFirstNewsCounts() {
		this.future.written(null);
		this.future.written(new ClosedChannelException());
		this.future.refused(SendResult.CLOSED);
		assertThat(this.future).isCompletedWithValue(null);
	}

	private SendFailedException failure() {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(this.future::join);
		ExecutionException thrown = catchThrowableOfType(ExecutionException.class, this.future::get);
		return catchThrowableOfType(SendFailedException.class, () -> {
			throw Objects.requireNonNull(thrown.getCause());
		});
	}

	static Stream<Named<Wait>> waits() {
		return Stream.of(Named.of("get", CompletableFuture::get),
				Named.of("get in time", (future) -> future.get(30, TimeUnit.SECONDS)),
				Named.of("join", CompletableFuture::join));
	}

	static Stream<Named<Dependent>> dependents() {
		return Stream.of(Named.of("itself", (future) -> future),
				Named.of("thenApply", (future) -> future.thenApply((nothing) -> "written")),
				Named.of("thenCompose", (future) -> future.thenCompose((nothing) -> done())),
				Named.of("handle", (future) -> future.handle((nothing, failure) -> 1)),
				Named.of("whenCompleteAsync", (future) -> future.whenCompleteAsync((nothing, failure) -> {
				}, Runnable::run)), Named.of("thenCombine", (future) -> future.thenCombine(done(), (a, b) -> "both")),
				Named.of("a dependent's dependent", (future) -> future.thenRun(() -> {
				}).exceptionally((failure) -> null)), Named.of("copy", CompletableFuture::copy),
				Named.of("toCompletableFuture", CompletableFuture::toCompletableFuture));
	}

	static Stream<Arguments> waitsTimesDependents() {
		return waits().flatMap((wait) -> dependents().map((dependent) -> Arguments.of(wait, dependent)));
	}

	private static CompletableFuture<String> done() {
		return CompletableFuture.completedFuture("done");
	}

	private interface Wait {

		void on(CompletableFuture<?> future) throws Exception;

	}

	private interface Dependent {

		CompletableFuture<?> of(CompletableFuture<@Nullable Void> future);

	}

	/**
	 * Writes at once when it is asked to.
	 */
	private static final class WritesWhenAsked implements LoopGuardedFuture.Writer {

		private boolean onLoop;

		private int asked;

		private @Nullable SendFuture toComplete;

		@Override
		public boolean isOnEventLoop() {
			return this.onLoop;
		}

		@Override
		public void writeSoon() {
			this.asked++;
			if (this.toComplete != null) {
				this.toComplete.written(null);
			}
		}

	}

}
