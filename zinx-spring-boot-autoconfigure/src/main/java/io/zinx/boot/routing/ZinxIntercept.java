package io.zinx.boot.routing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.zinx.message.Message;

import org.springframework.stereotype.Component;

/**
 * Marks a bean that is called before routers, for the messages of a range or for all: an
 * {@link io.zinx.routing.Interceptor}, or a {@link io.zinx.routing.RouterFunction}, which
 * becomes middleware.
 *
 * <pre class="code">
 * &#064;Bean
 * &#064;Order(1)
 * &#064;ZinxIntercept(from = 100, to = 199)
 * Interceptor loggedIn() {
 *     return (request, chain) -&gt; {
 *         if (!request.connection().keys().isEmpty()) {
 *             chain.proceed(request);
 *         }
 *     };
 * }</pre>
 *
 * Interceptors run before middleware, each kind in the
 * {@link org.springframework.core.annotation.Order} of the beans. An {@code Interceptor}
 * bean without this annotation sees all messages; a {@code RouterFunction} bean without
 * it is ignored. On a class it is also a stereotype for component scanning. The bean must
 * be a singleton.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface ZinxIntercept {

	/**
	 * The first message number.
	 * @return 0 to 4294967295
	 */
	long from() default 0;

	/**
	 * The last message number.
	 * @return {@code from} to 4294967295
	 */
	long to() default Message.MAX_MSG_ID;

}
