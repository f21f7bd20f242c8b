/**
 * What changes in an application's context while it is tested:
 * {@link io.zinx.boot.test.context.LocalZinxServerPort}, a free port, and clients that
 * are closed after each test.
 */
@NullMarked
package io.zinx.boot.test.context;

import org.jspecify.annotations.NullMarked;
