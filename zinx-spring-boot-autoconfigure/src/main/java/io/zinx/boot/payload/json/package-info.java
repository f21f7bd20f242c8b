/**
 * Internal: payloads of handler methods in JSON; may change in any release.
 */
@NullMarked
package io.zinx.boot.payload.json;

import org.jspecify.annotations.NullMarked;
