/**
 * An observation of each message that is handled. Users type
 * {@link io.zinx.boot.observation.ZinxServerObservationConvention},
 * {@link io.zinx.boot.observation.DefaultZinxServerObservationConvention},
 * {@link io.zinx.boot.observation.ZinxServerObservationContext},
 * {@link io.zinx.boot.observation.ZinxObservationCarrier} and
 * {@link io.zinx.boot.observation.ZinxObservationDocumentation}; the rest is internal.
 */
@NullMarked
package io.zinx.boot.observation;

import org.jspecify.annotations.NullMarked;
