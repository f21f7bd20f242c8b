/**
 * What the lines that handlers log can tell of their message:
 * {@link io.zinx.boot.logging.MdcInterceptor}.
 */
@NullMarked
package io.zinx.boot.logging;

import org.jspecify.annotations.NullMarked;
