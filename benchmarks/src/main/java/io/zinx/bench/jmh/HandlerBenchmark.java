package io.zinx.bench.jmh;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.handler.invoke.HandlerMethods;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.payload.json.JsonPayloadConverter;
import io.zinx.codec.TlvCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.outbound.Encoding;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.validation.Validator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Benchmark of handler methods against routers that do the same by hand: the whole way of
 * a message and its reply on the event loop, without sockets.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HandlerBenchmark {

	private static final int READS = 500;

	private static final int MESSAGES = 16;

	private static final byte[] BODY = """
			{"id":4711,"item":"tea","count":3,"tags":["black","loose"],"price":12.5,"note":"by noon"}""".strip()
		.getBytes(StandardCharsets.UTF_8);

	/** The code that answers. */
	@Param
	public Handler handler = Handler.ROUTER_BYTES;

	private @Nullable LocalServer server;

	private final PingPong client = new PingPong();

	/**
	 * Start a server and connect to it.
	 * @throws InterruptedException if interrupted
	 */
	@Setup
	public void start() throws InterruptedException {
		ByteBuf read = Unpooled.directBuffer();
		for (int i = 0; i < MESSAGES; i++) {
			Encoding.MESSAGE.write(new TlvCodec(), 1, BODY, new TlvCodec().headLength() + BODY.length, read);
		}
		this.server = new LocalServer(WorkerMode.EVENT_LOOP, 1, this.handler.router());
		this.client.connected(this.server.connect(this.client), Unpooled.unreleasableBuffer(read));
	}

	/**
	 * Stop it.
	 * @throws InterruptedException if interrupted
	 */
	@TearDown
	public void stop() throws InterruptedException {
		if (this.server != null) {
			this.server.stop();
		}
	}

	/**
	 * Send reads of 16 messages, each when the one before is answered.
	 * @throws InterruptedException if interrupted
	 */
	@Benchmark
	@OperationsPerInvocation(READS * MESSAGES)
	public void handleAndReply() throws InterruptedException {
		this.client.send(READS).await();
	}

	/**
	 * The code that answers a message with the same message.
	 */
	public enum Handler {

		/** A router that copies the body. */
		ROUTER_BYTES,

		/** A method that takes and returns an array. */
		METHOD_BYTES,

		/** A router that reads and writes JSON. */
		ROUTER_JSON,

		/** A method that takes and returns an object in JSON. */
		METHOD_JSON;

		private Router router() {
			JsonMapper mapper = new JsonMapper();
			return switch (this) {
				case ROUTER_BYTES -> (request) -> request.reply(1, request.body());
				case ROUTER_JSON -> (request) -> {
					Purchase purchase = mapper.readValue(request.body(), Purchase.class);
					request.reply(1, mapper.writeValueAsBytes(purchase));
				};
				case METHOD_BYTES -> method(mapper, "bytes", byte[].class);
				case METHOD_JSON -> method(mapper, "json", Purchase.class);
			};
		}

		private static Router method(JsonMapper mapper, String name, Class<?> payload) {
			DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
			beans.registerSingleton("jsonMapper", mapper);
			beans.registerSingleton("json", new JsonPayloadConverter(beans.getBeanProvider(JsonMapper.class)));
			Method method = ReflectionUtils.findMethod(Echo.class, name, payload);
			if (method == null) {
				throw new IllegalStateException("No method " + name);
			}
			PayloadFormats formats = new PayloadFormats(PayloadFormat.JSON,
					beans.getBeanProvider(PayloadConverter.class), beans);
			return new HandlerMethods(formats, beans.getBeanProvider(Validator.class), beans).router(new Echo(), method,
					ZinxExceptionHandler.NONE, PayloadFormat.DEFAULT);
		}

	}

	/**
	 * The object in the body.
	 *
	 * @param id a number
	 * @param item a text
	 * @param count a number
	 * @param tags texts
	 * @param price a number
	 * @param note a text
	 */
	public record Purchase(long id, String item, int count, List<String> tags, double price, String note) {

	}

	/**
	 * A bean with handler methods.
	 */
	static final class Echo {

		byte[] bytes(byte[] body) {
			return body;
		}

		Purchase json(Purchase purchase) {
			return purchase;
		}

	}

}
