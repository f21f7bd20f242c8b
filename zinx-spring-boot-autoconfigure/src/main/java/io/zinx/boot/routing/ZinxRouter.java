package io.zinx.boot.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a bean that answers messages: a {@link io.zinx.routing.Router} that the server
 * uses for the given message numbers.
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

	/**
	 * The numbers of the messages to answer, each 0 to 4294967295. A number can have one
	 * router only.
	 * @return one number or several
	 */
	long[] msgId();

}
