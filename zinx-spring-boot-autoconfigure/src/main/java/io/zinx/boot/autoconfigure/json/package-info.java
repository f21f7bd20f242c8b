/**
 * Wiring of payloads in JSON.
 */
@NullMarked
package io.zinx.boot.autoconfigure.json;

import org.jspecify.annotations.NullMarked;
