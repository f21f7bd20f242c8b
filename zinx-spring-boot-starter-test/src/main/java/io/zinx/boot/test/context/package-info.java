/**
 * Changes of an application's context during a test: a free port, and clients that are
 * closed after each test. Users type
 * {@link io.zinx.boot.test.context.LocalZinxServerPort}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.test.context;

import org.jspecify.annotations.NullMarked;
