/**
 * Internal: thread locals that follow the replies of handler methods; may change in any
 * release.
 */
@NullMarked
package io.zinx.boot.propagation;

import org.jspecify.annotations.NullMarked;
