package io.zinx.boot.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.zinx.boot.handler.HandlerMethodReflectiveProcessor;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.routing.Execution;

import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.stereotype.Component;

/**
 * Marks a handler of messages with the given numbers: a method of a bean, or a bean that
 * is a {@link io.zinx.routing.Router} or an {@link io.zinx.routing.AsyncRouter}. The
 * numbers are given in exactly one of three ways: {@code msgId}, {@code from} with
 * {@code to}, or {@code fallback}.
 *
 * <pre class="code">
 * &#064;Component
 * class Orders {
 *
 *     &#064;ZinxRouter(msgId = 7, reply = 8)
 *     Receipt order(Order order, Connection connection) {
 *         return new Receipt(order.id());
 *     }
 *
 * }</pre>
 *
 * A method has the payload as a parameter, see {@link io.zinx.boot.handler.Payload}, and
 * in any order {@code Connection}, {@code Request},
 * {@link io.zinx.boot.handler.MsgId @MsgId}, {@link io.zinx.boot.handler.ConnProperty
 * &#064;ConnProperty} and {@link io.zinx.boot.handler.ConnKey @ConnKey}. Its result is
 * the reply; {@code null} is none. The result of a {@code CompletionStage} or
 * {@code Mono} is sent when it completes, and later messages of the connection wait for
 * it.
 * <p>
 * On a class it is also a stereotype, so that component scanning finds the class. On a
 * {@code @Bean} method it marks the bean that the method creates, and takes precedence
 * over an annotation on the bean's class. It can be used as a meta-annotation.
 * <p>
 * Routes are fixed when the server starts. So the bean must be a singleton, and is
 * created then at the latest, even if it is lazy.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
@Reflective(HandlerMethodReflectiveProcessor.class)
public @interface ZinxRouter {

	/** No message number. */
	long NONE = Long.MIN_VALUE;

	/**
	 * The numbers of the messages to answer, each 0 to 4294967295. A number can have one
	 * router only.
	 * @return one number or several
	 */
	long[] msgId() default {};

	/**
	 * The first number of a range to answer, of those that have no router of their own.
	 * Ranges must not overlap.
	 * @return 0 to 4294967295
	 */
	long from() default NONE;

	/**
	 * The last number of the range.
	 * @return {@code from} to 4294967295
	 */
	long to() default NONE;

	/**
	 * Makes this the fallback, the one router of all messages without another router.
	 * @return {@code true} to do so
	 */
	boolean fallback() default false;

	/**
	 * The message number of what a handler method returns.
	 * @return 0 to 4294967295; that of the message it answers, by default
	 */
	long reply() default NONE;

	/**
	 * The format of a handler method's payload and result.
	 * @return the format; that of {@code zinx.payload}, by default
	 */
	PayloadFormat payload() default PayloadFormat.DEFAULT;

	/**
	 * The charset of a handler method's payload and result, if these are text.
	 * @return its name, for example {@code GBK}; that of {@code zinx.payload-charset}, by
	 * default
	 */
	String charset() default "";

	/**
	 * The kind of thread on which the router handles messages, regardless of
	 * {@code zinx.worker-mode}. Messages of one connection keep their order in any case.
	 * @return the kind of thread; that of the worker mode, by default
	 */
	Execution execution() default Execution.DEFAULT;

}
