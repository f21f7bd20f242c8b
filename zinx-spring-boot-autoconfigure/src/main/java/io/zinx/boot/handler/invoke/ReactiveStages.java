package io.zinx.boot.handler.invoke;

import java.util.concurrent.CompletionStage;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * Converts reactive types to stages. A separate class, which is not loaded without
 * reactive libraries.
 */
final class ReactiveStages {

	private ReactiveStages() {
	}

	static CompletionStage<?> of(ReactiveAdapter adapter, Object source) {
		ReactiveAdapter stages = ReactiveAdapterRegistry.getSharedInstance().getAdapter(CompletionStage.class);
		if (stages == null) {
			throw new IllegalStateException("Reactor is required to wait for a " + source.getClass().getName());
		}
		return (CompletionStage<?>) stages.fromPublisher(adapter.toPublisher(source));
	}

}
