/**
 * The auto-configuration of constraints on handler methods. Users type
 * {@link io.zinx.boot.autoconfigure.validation.ZinxValidationAutoConfiguration}, to
 * exclude it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.validation;

import org.jspecify.annotations.NullMarked;
