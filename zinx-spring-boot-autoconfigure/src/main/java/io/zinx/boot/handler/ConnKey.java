package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a handler method that is the key of the connection, for example its
 * user, see {@link io.zinx.connection.Connection#bind(String)}: a {@code String} if it
 * has one key at most, or a {@code Set<String>} of all. If it has none, or several for a
 * {@code String}, the message fails with a {@link HandlerArgumentException}; an
 * {@code Optional} or {@code @Nullable} parameter may have none.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ConnKey {

}
