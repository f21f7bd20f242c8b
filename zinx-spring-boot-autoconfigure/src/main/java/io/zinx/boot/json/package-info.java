/**
 * Payloads of handler methods in JSON.
 */
@NullMarked
package io.zinx.boot.json;

import org.jspecify.annotations.NullMarked;
