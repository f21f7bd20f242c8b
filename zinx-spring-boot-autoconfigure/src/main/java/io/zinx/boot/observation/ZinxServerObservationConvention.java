package io.zinx.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags of the observation of a message. A bean of this type replaces the
 * default.
 */
public interface ZinxServerObservationConvention extends ObservationConvention<ZinxServerObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ZinxServerObservationContext;
	}

}
