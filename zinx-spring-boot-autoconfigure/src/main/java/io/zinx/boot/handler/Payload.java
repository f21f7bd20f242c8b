package io.zinx.boot.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a handler method that is the body of the message. The annotation may
 * be omitted if this is the only parameter without another meaning.
 * <p>
 * In every {@linkplain PayloadFormat format}, a {@code String} is the body as text in the
 * charset of {@code zinx.payload-charset} or the method, {@code byte[]} and
 * {@code ByteBuffer} are copies of it, and a Netty {@code ByteBuf} is a view of it,
 * without a copy, that is valid during the call. Any other type is read in the format. An
 * {@code Optional} is empty if the body is.
 */
@Target({ ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Payload {

}
