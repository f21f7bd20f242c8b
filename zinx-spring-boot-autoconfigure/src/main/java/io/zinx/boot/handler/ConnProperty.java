package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a handler method that is a property of the connection, see
 * {@link io.zinx.connection.Connection#property(String)}. If it is not set, the message
 * fails with a {@link HandlerArgumentException}, unless the parameter is an
 * {@code Optional} or {@code @Nullable}.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ConnProperty {

	/**
	 * The name of the property.
	 * @return the name; empty for that of the parameter
	 */
	String value() default "";

}
