package io.zinx.boot.test.context;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;

/**
 * Marks an {@code int} field or parameter of a test that is the port on which the
 * application's Zinx server listens: the same as
 * {@code @Value("${local.zinx.server.port}")}. A server in memory has none.
 */
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("${local.zinx.server.port}")
public @interface LocalZinxServerPort {

}
