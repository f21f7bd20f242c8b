package io.zinx.boot.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Runs the application's Zinx server in memory during a test: it opens no port, and test
 * clients reach it without sockets. {@link ZinxTest @ZinxTest} includes it. A connection
 * in memory cannot be half-closed or reset, and unread data of a client costs the server
 * nothing, so tests of slow consumers need a port.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(InMemoryZinxAutoConfiguration.class)
public @interface AutoConfigureInMemoryZinx {

}
