package io.zinx.routing;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.routing.Routes.Outcome;
import io.zinx.routing.RoutingFixture.NotingRouter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class RequestTests {

	private final RoutingFixture fixture = new RoutingFixture();

	private final List<String> calls = this.fixture.calls;

	@Test
	void abortKeepsTheLaterMethodsFromBeingCalledButFinishesItsOwn() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) throws Exception {
				request.abort();
				request.reply(1, "sent behind abort");
				super.handle(request);
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "handle");
		assertThat(this.fixture.connection.sent()).containsExactly("1:sent behind abort");
	}

	@Test
	void abortInPreHandleCallsNothingElse() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void preHandle(Request request) {
				request.abort();
				request.goTo(HandleStep.POST_HANDLE);
				assertThat(request.isAborted()).isTrue();
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).isEmpty();
	}

	@Test
	void goToSkipsAStep() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void preHandle(Request request) throws Exception {
				request.goTo(HandleStep.HANDLE);
				request.goTo(HandleStep.POST_HANDLE);
				super.preHandle(request);
			}
		});
		this.fixture.handle(1, "");
		assertThat(this.calls).containsExactly("pre", "post");
	}

	@Test
	void goToGoesBackAndThenOnInOrder() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void postHandle(Request request) throws Exception {
				super.postHandle(request);
				if (request.setAttribute("again", true) == null) {
					request.goTo(HandleStep.PRE_HANDLE);
				}
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "handle", "post", "pre", "handle", "post");
	}

	@Test
	void goToEndsAnEndlessLoopAsAFailure() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) throws Exception {
				super.handle(request);
				request.goTo(HandleStep.HANDLE);
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.FAILED);
		assertThat(this.calls.stream().filter("handle"::equals)).hasSize(101);
		assertThat(this.calls).doesNotContain("post");
	}

	@Test
	void goToEndsAnEndlessLoopThatCatchesTheError() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) throws Exception {
				super.handle(request);
				try {
					request.goTo(HandleStep.HANDLE);
				}
				catch (IllegalStateException ex) {
					assertThat(ex).hasMessageContaining("endless loop").hasMessageContaining("message 1 ");
				}
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).hasSize(103).endsWith("handle", "post");
	}

	@Test
	void goToIsForRoutersOnly() {
		this.fixture.registry
			.use((request) -> assertThatIllegalStateException().isThrownBy(() -> request.goTo(HandleStep.HANDLE))
				.withMessageContaining("functions and interceptors have no steps"));
		this.fixture.registry.add(1, this.fixture.router());
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "handle", "post");
	}

	@Test
	void attributesGoFromOneMethodToTheNextAndEndWithTheMessage() {
		this.fixture.registry.add(1, new BaseRouter() {
			@Override
			public void preHandle(Request request) {
				assertThat(request.attribute("user")).isNull();
				assertThat(request.removeAttribute("user")).isNull();
				assertThat(request.setAttribute("user", "ann")).isNull();
			}

			@Override
			public void handle(Request request) {
				assertThat(request.attribute("user", String.class)).isEqualTo("ann");
				assertThat(request.attribute("other", String.class)).isNull();
				assertThatExceptionOfType(ClassCastException.class)
					.isThrownBy(() -> request.attribute("user", Integer.class));
				assertThat(request.setAttribute("user", "bob")).isEqualTo("ann");
			}

			@Override
			public void postHandle(Request request) {
				assertThat(request.removeAttribute("user")).isEqualTo("bob");
				assertThat(request.attribute("user")).isNull();
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
	}

	@Test
	void aCopyOutlivesTheHandlingAndAnswersFromAnotherThread() throws Exception {
		List<Request> copies = new ArrayList<>();
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) {
				request.setAttribute("user", "ann");
				Request copy = request.copy();
				copies.add(copy);
				copy.abort();
				copy.goTo(HandleStep.PRE_HANDLE);
				request.setAttribute("user", "bob");
			}
		});
		assertThat(this.fixture.handle(1, "body")).isEqualTo(Outcome.HANDLED);
		assertThat(this.calls).containsExactly("pre", "post");
		Request copy = copies.get(0);
		FutureTask<Object> elsewhere = new FutureTask<>(() -> {
			copy.next();
			assertThat(copy.msgId()).isEqualTo(1);
			assertThat(copy.attribute("user")).isEqualTo("ann");
			assertThat(copy.bodyLength()).isEqualTo(4);
			return copy.reply(2, copy.bodyAsString() + new String(copy.body(), StandardCharsets.UTF_8));
		});
		new Thread(elsewhere).start();
		elsewhere.get();
		assertThat(this.fixture.connection.sent()).containsExactly("2:bodybody");
	}

	@Test
	void aCopyDoesNotRunTheFunctionsBehind() {
		this.fixture.registry.add(1, "functions", (request) -> {
			Request copy = request.copy();
			copy.next();
			copy.abort();
			this.calls.add("first");
		}, this.fixture.note("second"));
		this.fixture.handle(1, "");
		assertThat(this.calls).containsExactly("first", "second");
	}

	@Test
	void cannotBeCopiedOnceItWasHandled() {
		List<Request> kept = new ArrayList<>();
		this.fixture.registry.add(1, kept::add);
		this.fixture.handle(1, "body");
		assertThatIllegalStateException().isThrownBy(() -> kept.get(0).copy()).withMessageContaining("message 1 ");
	}

	@Test
	void anotherMessageTakesItsNumberAndBodyAndLeavesTheFirstOneAsItWas() {
		Request request = Request.of(this.fixture.connection.connection(), 1, new byte[] { 'a' });
		request.setAttribute("user", "ann");
		Request changed = request.withMessage(0xFFFF_FFFFL, new byte[] { 'b', 'c' });
		changed.setAttribute("user", "bob");
		assertThat(changed.msgId()).isEqualTo(0xFFFF_FFFFL);
		assertThat(changed.bodyAsString()).isEqualTo("bc");
		assertThat(request.bodyAsString()).isEqualTo("a");
		assertThat(request.attribute("user")).isEqualTo("ann");
		assertThat(request.withBody(new byte[0]).msgId()).isEqualTo(1);
		assertThatIllegalArgumentException().isThrownBy(() -> request.withMessage(-1, new byte[0]));
	}

	@Test
	void aRequestMadeByHandLetsARouterBeTestedAlone() throws Exception {
		Request request = Request.of(this.fixture.connection.connection(), 1, new byte[0]);
		request.goTo(HandleStep.PRE_HANDLE);
		request.next();
		assertThat(request.isAborted()).isFalse();
		request.abort();
		assertThat(request.isAborted()).isTrue();
	}

	@Test
	void oneAnswerIsWaitedForUnlessTheRequestWasHandled() {
		List<Request> kept = new ArrayList<>();
		this.fixture.registry.add(1, (request) -> {
			kept.add(request);
			request.answerLater(new CompletableFuture<>());
			assertThatIllegalStateException().isThrownBy(() -> request.answerLater(new CompletableFuture<>()))
				.withMessageContaining("message 1 ")
				.withMessageContaining("combine the stages");
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		assertThatIllegalStateException().isThrownBy(() -> kept.get(0).answerLater(new CompletableFuture<>()))
			.withMessageContaining("was handled");
	}

	@Test
	void anAnswerOnACopyIsNotWaitedFor() {
		this.fixture.registry.add(1, (request) -> request.copy().answerLater(new CompletableFuture<>()));
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.HANDLED);
		assertThat(this.fixture.awaited()).isEmpty();
	}

	@Test
	void postHandleDoesNotWaitForTheAnswer() {
		this.fixture.registry.add(1, new NotingRouter(this.calls) {
			@Override
			public void handle(Request request) throws Exception {
				super.handle(request);
				request.answerLater(new CompletableFuture<>());
			}
		});
		assertThat(this.fixture.handle(1, "")).isEqualTo(Outcome.WAITING);
		assertThat(this.calls).containsExactly("pre", "handle", "post");
	}

	@Test
	void whatIsNotUtf8BecomesAReplacementCharacter() {
		byte[] broken = { 'a', (byte) 0xFF, 'b' };
		Request request = Request.of(this.fixture.connection.connection(), 0xFFFF_FFFFL, broken);
		assertThat(request.bodyAsString()).isEqualTo("a\uFFFDb");
		assertThat(request).hasToString("Request of message 4294967295 (3 bytes) from connection 7");
	}

	@Test
	void theBodyIsWrittenBehindWhatIsThere() {
		Request request = Request.of(this.fixture.connection.connection(), 1, new byte[] { 'b', 'c' });
		ByteBuf out = Unpooled.buffer().writeByte('a');
		request.writeBody(out);
		request.writeBody(out);
		assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("abcbc");
	}

	@Test
	@SuppressWarnings("NullAway")
	void whatIsRefusedLeavesTheRequestAsItIs() {
		Request request = Request.of(this.fixture.connection.connection(), 1, new byte[0]);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> Request.of(this.fixture.connection.connection(), 0x1_0000_0000L, new byte[0]))
			.withMessage("msgId: 4294967296 (expected: 0 to 4294967295)");
		assertThatNullPointerException().isThrownBy(() -> request.setAttribute("user", null)).withMessage("value");
		assertThatNullPointerException().isThrownBy(() -> request.setAttribute(null, "ann")).withMessage("name");
		assertThatNullPointerException().isThrownBy(() -> request.goTo(null)).withMessage("step");
		assertThatNullPointerException().isThrownBy(() -> request.answerLater(null)).withMessage("answer");
		assertThat(request.attribute("user")).isNull();
		request.answerLater(new CompletableFuture<>());
	}

	@Test
	void aRequestTakesAtMostFortyEightBytes() {
		int header = 12;
		int fields = Stream.of(Request.class.getDeclaredFields())
			.filter((field) -> !Modifier.isStatic(field.getModifiers()))
			.mapToInt(RequestTests::bytes)
			.sum();
		assertThat(header + fields).isLessThanOrEqualTo(48);
	}

	@Test
	void aMessageAllocatesItsRequestAndNothingElse() {
		Request[] last = new Request[1];
		Routes routes = this.fixture.registry.use()
			.add(1, (request) -> last[0] = request)
			.add(2, "functions", RequestTests::onward, (request) -> last[0] = request)
			.range(10, 19, (request) -> last[0] = request, "range")
			.close();
		for (long msgId : new long[] { 1, 2, 15 }) {
			assertThat(bytesPerMessage(routes, msgId)).isLessThanOrEqualTo(48);
		}
	}

	private long bytesPerMessage(Routes routes, long msgId) {
		int messages = 20_000;
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int round = 0; round < 5; round++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			for (int i = 0; i < messages; i++) {
				routes.handle(this.fixture.connection.connection(), msgId, Unpooled.EMPTY_BUFFER, 0, 0, (answer) -> {
				});
			}
			least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least / messages;
	}

	private static void onward(Request request) throws Exception {
		request.next();
	}

	private static int bytes(Field field) {
		Class<?> type = field.getType();
		if (type == byte.class || type == boolean.class) {
			return 1;
		}
		return (type == long.class || type == double.class) ? 8 : 4;
	}

}
