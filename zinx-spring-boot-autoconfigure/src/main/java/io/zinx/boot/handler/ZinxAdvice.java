package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a bean whose {@link ZinxExceptionHandler} methods apply to the handler methods of
 * all beans. Several such beans are searched in their
 * {@link org.springframework.core.annotation.Order}. Also a stereotype for component
 * scanning.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface ZinxAdvice {

}
