/**
 * An observation of each message that is handled; start from
 * {@code ZinxObservationDocumentation}.
 */
@NullMarked
package io.zinx.boot.observation;

import org.jspecify.annotations.NullMarked;
