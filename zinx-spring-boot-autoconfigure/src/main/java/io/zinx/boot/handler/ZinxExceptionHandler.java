package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method that is called when a handler method fails: its payload cannot be read
 * or is invalid, it throws, its result cannot be written, or the stage that it returned
 * completes with an exception. A method in the bean of the handler method applies to that
 * bean, one in a bean annotated with {@link ZinxAdvice} to all beans.
 * <p>
 * A method of the bean itself takes precedence, then one of the first advice that has
 * one; among several methods, the one for the closest class. Its result is the reply. The
 * message then counts with the outcome {@code handled}, unless the method throws, and a
 * logger with the name of this annotation says so at level {@code DEBUG}.
 * <p>
 * Parameters are the exception and all that a handler method may have, except the
 * payload.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerMethodReflectiveProcessor.class)
public @interface ZinxExceptionHandler {

	/** No message number. */
	long NONE = Long.MIN_VALUE;

	/**
	 * The exceptions to handle, subclasses included.
	 * @return one class or several; if none, that of its parameter
	 */
	Class<? extends Throwable>[] value() default {};

	/**
	 * The message number of the reply.
	 * @return 0 to 4294967295; that of the reply of the handler method, by default
	 */
	long reply() default NONE;

}
