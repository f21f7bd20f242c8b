/**
 * An application and its tests.
 */
@NullMarked
package io.zinx.boot.test.app;

import org.jspecify.annotations.NullMarked;
