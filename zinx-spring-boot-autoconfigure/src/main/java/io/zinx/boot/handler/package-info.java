/**
 * Methods that answer messages: the annotations of their parameters and the types of
 * their results. Users type {@link io.zinx.boot.handler.Payload},
 * {@link io.zinx.boot.handler.MsgId}, {@link io.zinx.boot.handler.ConnKey},
 * {@link io.zinx.boot.handler.ConnProperty}, {@link io.zinx.boot.handler.ConnPrincipal},
 * {@link io.zinx.boot.handler.Outgoing}, {@link io.zinx.boot.handler.PayloadFormat},
 * {@link io.zinx.boot.handler.PayloadConverter},
 * {@link io.zinx.boot.handler.ContextCarrier},
 * {@link io.zinx.boot.handler.ZinxExceptionHandler},
 * {@link io.zinx.boot.handler.ZinxAdvice}, and the exceptions
 * {@link io.zinx.boot.handler.PayloadException},
 * {@link io.zinx.boot.handler.InvalidPayloadException},
 * {@link io.zinx.boot.handler.HandlerArgumentException} and
 * {@link io.zinx.boot.handler.InvalidHandlerMethodException}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.handler;

import org.jspecify.annotations.NullMarked;
