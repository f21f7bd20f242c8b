package io.zinx.boot.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.zinx.routing.Execution;

import org.springframework.stereotype.Component;

/**
 * Marks a bean that answers messages: a {@link io.zinx.routing.Router}, or an
 * {@link io.zinx.routing.AsyncRouter}, that the server uses for the given message
 * numbers. They are given in exactly one of three ways: {@code msgId}, {@code from} with
 * {@code to}, or {@code fallback}.
 *
 * <pre class="code">
 * &#064;ZinxRouter(msgId = 1)
 * class EchoRouter implements Router {
 *
 *     &#064;Override
 *     public void handle(Request request) {
 *         request.reply(1, request.body());
 *     }
 *
 * }</pre>
 *
 * On a class it is also a stereotype, so component scanning finds the class. On a
 * {@code @Bean} method it marks the bean that the method makes, and goes before an
 * annotation on the bean's class. It may be put on annotations of one's own.
 * <p>
 * Routes are fixed when the server starts. So the bean must be a singleton, and is made
 * then at the latest even if it is lazy.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface ZinxRouter {

	/** No number. */
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
	 * Whether to answer all messages that have no other router. One router only can.
	 * @return {@code true} to do so
	 */
	boolean fallback() default false;

	/**
	 * On which thread the router handles messages, regardless of
	 * {@code zinx.worker-mode}. Those of one connection keep their order all the same.
	 * @return the thread; where the worker mode says, by default
	 */
	Execution execution() default Execution.DEFAULT;

}
