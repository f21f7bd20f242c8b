/**
 * What the tests share: an application to run.
 */
@NullMarked
package io.zinx.boot.testing;

import org.jspecify.annotations.NullMarked;
