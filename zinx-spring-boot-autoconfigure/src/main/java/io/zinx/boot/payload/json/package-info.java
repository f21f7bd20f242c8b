/**
 * Payloads of handler methods in JSON. Internal.
 */
@NullMarked
package io.zinx.boot.payload.json;

import org.jspecify.annotations.NullMarked;
