package io.zinx.routing;

import java.util.Objects;
import java.util.concurrent.CompletionStage;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.zinx.connection.Connection;
import io.zinx.connection.SendFailedException;
import io.zinx.connection.SendResult;
import io.zinx.message.Body;
import io.zinx.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * One message that was received, and the connection it came from. Made anew for each
 * message and never used again, so it may be kept.
 * <p>
 * Its body lies in the buffer that was read from the socket. It can be read while the
 * router handles the request, on that thread; who needs it later takes a copy with
 * {@link #body()} or {@link #copy()} first. What changes the request ({@link #abort()},
 * {@link #goTo}, {@link #next()}, attributes) is for that thread only.
 */
public final class Request extends RequestBody {

	/** The most jumps with {@link #goTo}. */
	static final int MAX_JUMPS = 100;

	private static final RouterFunction[] NO_FUNCTIONS = {};

	private static final HandleStep[] STEPS = HandleStep.values();

	/** No step: functions are at work, not the methods of a router. */
	private static final byte NO_STEP = -1;

	/** No step: the request was made by hand, or is a copy. */
	private static final byte DETACHED = -2;

	private final Connection connection;

	private final int msgId;

	private @Nullable RequestExtras extras;

	/** The functions that handle it, and which of them comes next. */
	private RouterFunction[] functions = NO_FUNCTIONS;

	private int nextFunction;

	/** Which method of the router comes next. */
	private byte nextStep = NO_STEP;

	private byte jumps;

	private boolean aborted;

	Request(Connection connection, long msgId, ByteBuf buffer, int bodyIndex, int bodyLength) {
		super(buffer, bodyIndex, bodyLength);
		this.connection = connection;
		this.msgId = (int) msgId;
	}

	/**
	 * Make a request by hand, to test a router with. Its body can be read at any time.
	 * @param connection who sends
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, not copied
	 * @return the request
	 */
	public static Request of(Connection connection, long msgId, byte[] body) {
		Objects.requireNonNull(connection, "connection");
		Request request = new Request(connection, Message.requireMsgId(msgId), Unpooled.wrappedBuffer(body), 0,
				body.length);
		request.nextStep = DETACHED;
		return request;
	}

	/**
	 * Who sent the message.
	 * @return the connection
	 */
	public Connection connection() {
		return this.connection;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return Integer.toUnsignedLong(this.msgId);
	}

	/**
	 * The whole frame as it was received: what the codec has read around the body, its
	 * check sum for example, and the body.
	 * @return a new array at each call
	 * @throws IllegalStateException if the request was handled already, or has no frame
	 * because it is a copy, was made by hand or was changed by an interceptor
	 */
	public byte[] frame() {
		byte[] frame = frame(this.connection.codec());
		if (frame == null) {
			throw new IllegalStateException(
					this + " has a body and no frame: only a request as it was received has one");
		}
		return frame;
	}

	/**
	 * Send a message back, as {@link Connection#send(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body
	 * @return what became of it, but never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent, because it is longer than
	 * {@code zinx.outbound.max-bytes} or the wire format cannot express it: left to
	 * itself, that is a failure of the router
	 */
	public SendResult reply(long msgId, byte[] body) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, body));
	}

	/**
	 * Send something back that writes itself, as {@link #reply(long, byte[])}. An echo is
	 * {@code request.reply(1, request)}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body
	 * @return what became of it, but never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent, as there
	 */
	public SendResult reply(long msgId, Body body) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, body));
	}

	/**
	 * Send a text back in UTF-8, as {@link #reply(long, byte[])}.
	 * @param msgId the message number, 0 to 4294967295
	 * @param text the body
	 * @return what became of it, but never {@link SendResult#UNSENDABLE}
	 * @throws SendFailedException if it can never be sent, as there
	 */
	public SendResult reply(long msgId, String text) {
		return SendFailedException.requireSendable(this.connection, msgId, this.connection.send(msgId, text));
	}

	/**
	 * Handle nothing behind the function that is at work: it ends, but no later
	 * {@link RouterFunction} is called, and no later method of a {@link Router},
	 * {@link Router#postHandle} included. Functions that wait in {@link #next()} go on.
	 * Called by an interceptor, it keeps the message from middleware and router. Cannot
	 * be taken back.
	 */
	public void abort() {
		this.aborted = true;
	}

	/**
	 * Whether {@link #abort()} was called.
	 * @return whether nothing more is called
	 */
	public boolean isAborted() {
		return this.aborted;
	}

	/**
	 * Choose which method of the {@link Router} is called when the one that is at work
	 * has returned; from there it goes on in order. The last call counts. Going back is
	 * allowed, so a router should know when to stop: after 100 calls for one message this
	 * method throws. No effect once aborted, and on a request that was made by hand or is
	 * a copy.
	 * @param step the method to call next
	 * @throws IllegalStateException if called too often, or by a {@link RouterFunction}
	 * or {@link Interceptor}, which has no steps
	 */
	@SuppressWarnings("EnumOrdinal")
	public void goTo(HandleStep step) {
		Objects.requireNonNull(step, "step");
		if (this.nextStep == DETACHED) {
			return;
		}
		if (this.nextStep == NO_STEP) {
			throw new IllegalStateException("goTo(" + step + ") for " + this
					+ " is possible only inside a Router: functions and interceptors have no steps");
		}
		if (this.jumps == MAX_JUMPS) {
			throw new IllegalStateException(
					"goTo(" + step + ") for " + this + " was called " + MAX_JUMPS + " times before: an endless loop?");
		}
		this.jumps++;
		this.nextStep = (byte) step.ordinal();
	}

	/**
	 * Run the functions behind the one that is at work, and the router, if one comes
	 * last. Returns when they have. Does nothing if there are none, if they have run, or
	 * if the request was aborted. To be called by a {@link RouterFunction} that has
	 * something to do behind the others; without it they run when that has returned.
	 * @throws Exception what one of them threw; those behind it do not run
	 */
	public void next() throws Exception {
		RouterFunction[] all = this.functions;
		try {
			while (!this.aborted && this.nextFunction < all.length) {
				all[this.nextFunction++].handle(this);
			}
		}
		catch (Throwable ex) {
			this.nextFunction = all.length;
			throw ex;
		}
	}

	/**
	 * Read an attribute of this request.
	 * @param name its name
	 * @return its value, or {@code null} if there is none
	 */
	public @Nullable Object attribute(String name) {
		return (this.extras != null) ? this.extras.attributes().get(name) : null;
	}

	/**
	 * Read an attribute of a known type.
	 * @param <T> the type
	 * @param name its name
	 * @param type the type
	 * @return its value, or {@code null} if there is none
	 * @throws ClassCastException if it is of another type
	 */
	public <T> @Nullable T attribute(String name, Class<T> type) {
		return type.cast(attribute(name));
	}

	/**
	 * Set an attribute, for those that handle this request later.
	 * @param name its name
	 * @param value its value
	 * @return the value it had before, or {@code null}
	 */
	public @Nullable Object setAttribute(String name, Object value) {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(value, "value");
		return extras().attributes().put(name, value);
	}

	private RequestExtras extras() {
		RequestExtras extras = this.extras;
		if (extras == null) {
			extras = new RequestExtras();
			this.extras = extras;
		}
		return extras;
	}

	/**
	 * Remove an attribute.
	 * @param name its name
	 * @return the value it had, or {@code null}
	 */
	public @Nullable Object removeAttribute(String name) {
		return (this.extras != null) ? this.extras.attributes().remove(name) : null;
	}

	/**
	 * Say that this message is handled only when a stage has completed. After the router,
	 * middleware and interceptors have returned, the connection waits for it without
	 * holding a thread: no later message, no hook and no task of the connection runs
	 * before. If the stage fails, or does not complete within {@code zinx.async-timeout},
	 * the message counts as failed and the connection goes on; what comes later still is
	 * ignored, though replies are sent at any time. A stage that is complete when the
	 * router returns costs no wait. {@link Router#postHandle} does not wait for it. Once
	 * for each request, on the thread that handles it; without effect if that throws
	 * afterwards, and on a copy. The body cannot be read by what completes the stage:
	 * call {@link #body()} first.
	 * @param answer the stage; its value is not used
	 * @throws IllegalStateException if the request was handled already, or has a stage
	 */
	public void answerLater(CompletionStage<?> answer) {
		Objects.requireNonNull(answer, "answer");
		buffer();
		if (!extras().answer(answer)) {
			throw new IllegalStateException(this + " already has a stage to wait for: combine the stages");
		}
	}

	/**
	 * What to wait for, from now on the caller's business.
	 * @return the stage, or {@code null} if there is none
	 */
	@Nullable CompletionStage<?> takeAnswer() {
		return (this.extras != null) ? this.extras.takeAnswer() : null;
	}

	/**
	 * Copy this request for use on another thread, or after it was handled. The copy has
	 * a body and attributes of its own, and the same connection: replies may be sent at
	 * any time. It takes no part in the handling: {@link #abort()}, {@link #goTo} and
	 * {@link #next()} have no effect there. The copy too is for one thread at a time.
	 * @return a new request, whose body can be read at any time
	 * @throws IllegalStateException if the request was handled already
	 */
	public Request copy() {
		return withBody(body());
	}

	/**
	 * The same message with another body, for {@link Interceptor.Chain#proceed}. This
	 * request does not change.
	 * @param body the body, not copied
	 * @return a new request with the same connection and number and a copy of the
	 * attributes, whose body can be read at any time
	 */
	public Request withBody(byte[] body) {
		return withMessage(msgId(), body);
	}

	/**
	 * Another message of the same connection, for {@link Interceptor.Chain#proceed}. This
	 * request does not change.
	 * @param msgId the message number, 0 to 4294967295
	 * @param body the body, not copied
	 * @return a new request with the same connection and a copy of the attributes, whose
	 * body can be read at any time
	 * @throws IllegalArgumentException if {@code msgId} is out of range
	 */
	public Request withMessage(long msgId, byte[] body) {
		Request request = of(this.connection, msgId, body);
		if (this.extras != null) {
			request.extras().attributes().putAll(this.extras.attributes());
		}
		return request;
	}

	/**
	 * Call the methods of a router.
	 * @param router the router
	 * @throws Exception what it threw
	 */
	void run(Router router) throws Exception {
		if (router instanceof FunctionRouter functions) {
			functions.handle(this);
			return;
		}
		byte outerStep = this.nextStep;
		this.nextStep = 0;
		try {
			while (this.nextStep < STEPS.length && !this.aborted) {
				switch (STEPS[this.nextStep++]) {
					case PRE_HANDLE -> router.preHandle(this);
					case HANDLE -> router.handle(this);
					case POST_HANDLE -> router.postHandle(this);
				}
			}
		}
		finally {
			this.nextStep = outerStep;
		}
	}

	/**
	 * Call functions. Those of another route may be called by a router or function that
	 * hands the request over to it.
	 * @param functions the functions, in order
	 * @throws Exception what one of them threw
	 */
	void run(RouterFunction[] functions) throws Exception {
		RouterFunction[] outerFunctions = this.functions;
		int outerNext = this.nextFunction;
		byte outerStep = this.nextStep;
		this.functions = functions;
		this.nextFunction = 0;
		this.nextStep = NO_STEP;
		try {
			next();
		}
		finally {
			this.functions = outerFunctions;
			this.nextFunction = outerNext;
			this.nextStep = outerStep;
		}
	}

	/**
	 * Count it as failed, although nothing is thrown any more.
	 */
	void fail(Throwable failure) {
		extras().failure(failure);
	}

	@Nullable Throwable failure() {
		return (this.extras != null) ? this.extras.failure() : null;
	}

	@Override
	public String toString() {
		return "Request of message " + msgId() + " (" + bodyLength() + " bytes) from connection "
				+ this.connection.connId();
	}

}
