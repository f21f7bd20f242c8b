package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method that is called when a handler method fails: its payload cannot be read
 * or is invalid, it throws, what it returns cannot be written, or what it returned
 * completes with an exception. It stands in the bean of the handler method and is for
 * that bean, or in a bean annotated with {@link ZinxAdvice} and is for all.
 * <p>
 * That of the bean is called, else that of the first advice that has one; of several, the
 * one for the nearest class. The message then counts as handled, unless the method
 * throws. What it returns is the reply.
 * <p>
 * Parameters are the exception, and what a handler method can have but the payload.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerMethodReflectiveProcessor.class)
public @interface ZinxExceptionHandler {

	/** No number of its own. */
	long NONE = Long.MIN_VALUE;

	/**
	 * What it is there for, subclasses included.
	 * @return one class or several; none for that of its parameter
	 */
	Class<? extends Throwable>[] value() default {};

	/**
	 * The message number of the reply.
	 * @return 0 to 4294967295; that of the reply of the handler method, by default
	 */
	long reply() default NONE;

}
