package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a handler method that is the number of the message: a {@code long}, 0
 * to 4294967295, or an {@code int}, with which a message of a number above 2147483647
 * fails with a {@link HandlerArgumentException}.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface MsgId {

}
