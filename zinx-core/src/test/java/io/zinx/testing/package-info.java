/**
 * What tests of all modules share: a plain-socket client and the leak check.
 */
@NullMarked
package io.zinx.testing;

import org.jspecify.annotations.NullMarked;
