/**
 * The auto-configuration of context propagation. Users type
 * {@link io.zinx.boot.autoconfigure.propagation.ZinxContextPropagationAutoConfiguration},
 * to exclude it; the rest is internal.
 */
@NullMarked
package io.zinx.boot.autoconfigure.propagation;

import org.jspecify.annotations.NullMarked;
