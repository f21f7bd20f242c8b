package io.zinx.boot.payload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.BaseStream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * A type that can never be the body of a message. This is the only list of such types, by
 * name, because most of them need not be on the class path. Any thread.
 *
 * @param name the name of the class
 * @param reason the reason, and what to do
 */
public record NeverPayload(String name, Reason reason) {

	/** Generic types are searched to this depth, which ends recursive ones. */
	private static final int MAX_DEPTH = 5;

	private static final Map<String, Reason> reasons = reasons();

	private static Map<String, Reason> reasons() {
		Map<String, Reason> reasons = new HashMap<>();
		for (Reason reason : Reason.values()) {
			reason.names.forEach((name) -> reasons.put(name, reason));
		}
		return reasons;
	}

	/**
	 * Find such a type in a declared type: itself, the elements of a container, or the
	 * content of something that comes later.
	 * @param declared the declared type
	 * @return the first one, or {@code null} if there is none
	 */
	public static @Nullable NeverPayload in(ResolvableType declared) {
		return in(declared, MAX_DEPTH);
	}

	/**
	 * Look into a type that is written. The elements of a {@code Stream} are sent as a
	 * list, so it is possible, although nobody can read one.
	 * @param type the declared type
	 * @return the type it contains, or {@code null} if it may be a payload
	 */
	public static @Nullable NeverPayload inWritten(ResolvableType type) {
		return BaseStream.class.isAssignableFrom(type.toClass())
				? in(type.as(BaseStream.class).getGeneric(0), MAX_DEPTH) : in(type);
	}

	private static @Nullable NeverPayload in(ResolvableType type, int depth) {
		NeverPayload found = (depth > 0) ? of(type.toClass()) : null;
		if (found != null || depth == 0) {
			return found;
		}
		if (type.isArray()) {
			return in(type.getComponentType(), depth - 1);
		}
		for (ResolvableType generic : type.getGenerics()) {
			found = in(generic, depth - 1);
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	/**
	 * Tell whether the values of a class are such.
	 * @param type the class of a value, or a declared type
	 * @return the type it is, or {@code null} if it may be a payload
	 */
	public static @Nullable NeverPayload of(Class<?> type) {
		if (type.isHidden()) {
			return new NeverPayload("a lambda", Reason.CODE);
		}
		Reason exact = reasons.get(type.getName());
		Reason reason = (exact != null) ? exact : inHierarchy(type);
		return (reason != null) ? new NeverPayload(type.getName(), reason) : null;
	}

	private static @Nullable Reason inHierarchy(Class<?> type) {
		Reason reason = reasons.get(type.getName());
		if (reason != null && reason != Reason.CODE) {
			return reason;
		}
		Reason found = (type.getSuperclass() != null) ? inHierarchy(type.getSuperclass()) : null;
		for (Class<?> each : type.getInterfaces()) {
			found = (found != null) ? found : inHierarchy(each);
		}
		return found;
	}

	/**
	 * The end of a sentence that begins with the parameter, the result or the payload.
	 * @return without a full stop
	 */
	public String problem() {
		return "can never be the body of a message: " + this.name + " " + this.reason.what;
	}

	/**
	 * The reasons why a type is no payload, with the types.
	 */
	public enum Reason {

		/** An object that the application or Zinx creates. */
		BEAN("is an object of the application", "Inject it as a constructor argument or a field of the bean.",
				"Return the reply.", "io.zinx.boot.messaging.ZinxTemplate", "io.zinx.boot.messaging.ClusterTemplate",
				"io.zinx.server.ZinxServer", "io.zinx.server.ServerConfig", "io.zinx.connection.ConnManager",
				"io.zinx.cluster.ZinxCluster", "io.zinx.routing.RouteRegistry",
				"org.springframework.beans.factory.BeanFactory", "org.springframework.beans.factory.ObjectFactory",
				"org.springframework.context.ApplicationEventPublisher", "org.springframework.context.MessageSource",
				"org.springframework.core.env.PropertyResolver", "org.springframework.core.io.ResourceLoader"),

		/** A part of Zinx or Netty that belongs to a connection. */
		CONNECTION("belongs to a connection",
				"Use a parameter of type Connection for the connection, or Request for the message as it came.",
				"Return the reply.", "io.zinx.connection.Connection", "io.zinx.message.Body", "io.zinx.message.Message",
				"io.zinx.boot.handler.Outgoing", "io.netty.channel.Channel", "io.netty.channel.ChannelHandlerContext",
				"java.net.Socket"),

		/** A value that will be there later. */
		LATER("comes later", "Use the type of its content: the body is there when the method is called.",
				"Return the reply itself, or a CompletionStage or a Mono of it.",
				"java.util.concurrent.CompletionStage", "java.util.concurrent.Future",
				"java.util.concurrent.Flow$Publisher", "java.util.concurrent.Callable", "org.reactivestreams.Publisher",
				"io.reactivex.rxjava3.core.SingleSource", "io.reactivex.rxjava3.core.MaybeSource",
				"io.reactivex.rxjava3.core.CompletableSource", "io.reactivex.rxjava3.core.ObservableSource",
				"io.smallrye.mutiny.Uni", "kotlinx.coroutines.Deferred", "kotlinx.coroutines.flow.Flow",
				"org.springframework.web.context.request.async.DeferredResult",
				"org.springframework.web.context.request.async.WebAsyncTask"),

		/** Code, as long as no class of the application has implemented it. */
		CODE("is code and has no content", "Use the type of the body.",
				"Return the reply itself, or a CompletionStage of it.", "java.lang.Runnable",
				"java.util.function.Supplier", "java.util.function.Consumer", "java.util.function.Function",
				"java.util.function.BiConsumer", "java.util.function.BiFunction", "java.util.function.Predicate"),

		/** A continuation, the last parameter of a suspending function. */
		SUSPENDED("is there because the method is a suspending function of Kotlin, which is not supported",
				"Remove 'suspend', and return a CompletionStage, for example by future { … }.", "Return the reply.",
				"kotlin.coroutines.Continuation"),

		/** The messages of Spring Messaging. */
		SPRING_MESSAGE("is of Spring Messaging, and Zinx has no headers",
				"Use the type of its payload, and @MsgId long, Connection or Request for the rest.",
				"Return the payload itself, or an io.zinx.message.Message for a message number of its own.",
				"org.springframework.messaging.Message", "org.springframework.messaging.MessageHeaders"),

		/** Parts of HTTP. */
		HTTP("is of HTTP, and a message is no HTTP request",
				"Use the type of the body, and Connection or Request for the rest.", "Return the body itself.",
				"jakarta.servlet.ServletRequest", "jakarta.servlet.ServletResponse", "jakarta.servlet.http.HttpSession",
				"org.springframework.http.HttpEntity", "org.springframework.http.HttpMessage",
				"org.springframework.http.codec.ServerSentEvent", "org.springframework.ui.Model",
				"org.springframework.web.ErrorResponse", "org.springframework.web.context.request.WebRequest",
				"org.springframework.web.multipart.MultipartFile", "org.springframework.web.server.ServerWebExchange",
				"org.springframework.web.reactive.function.server.ServerRequest",
				"org.springframework.web.reactive.function.server.ServerResponse",
				"org.springframework.web.servlet.ModelAndView", "org.springframework.web.servlet.View",
				"org.springframework.web.servlet.function.ServerRequest",
				"org.springframework.web.servlet.function.ServerResponse",
				"org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter",
				"org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody"),

		/** Streams, which end later than the message is handled. */
		STREAM("is a stream", "Use byte[], ByteBuffer, ByteBuf or String, or a List for several elements.",
				"Return byte[], ByteBuffer, ByteBuf or String, or a List of the elements.", "java.io.InputStream",
				"java.io.OutputStream", "java.io.Reader", "java.io.Writer", "java.nio.channels.Channel",
				"java.util.stream.BaseStream", "org.springframework.core.io.InputStreamSource"),

		/** The findings of a validator. */
		ERRORS("is not there, because an invalid payload does not reach the method",
				"Handle the InvalidPayloadException in a method annotated with @ZinxExceptionHandler.",
				"Return a text or an object that says what is wrong.", "org.springframework.validation.Errors"),

		/** Exceptions. */
		EXCEPTION("is an exception", "Only a method annotated with @ZinxExceptionHandler has it as a parameter.",
				"Throw it, or return a text or an object that says what is wrong.", "java.lang.Throwable");

		private final String what;

		private final String parameterAdvice;

		private final String resultAdvice;

		@SuppressWarnings("ImmutableEnumChecker")
		private final List<String> names;

		Reason(String what, String parameterAdvice, String resultAdvice, String... names) {
			this.what = what;
			this.parameterAdvice = parameterAdvice;
			this.resultAdvice = resultAdvice;
			this.names = List.of(names);
		}

		/**
		 * The advice for a parameter.
		 * @return sentences
		 */
		public String parameterAdvice() {
			return this.parameterAdvice;
		}

		/**
		 * The advice for a result.
		 * @return sentences
		 */
		public String resultAdvice() {
			return this.resultAdvice;
		}

	}

}
