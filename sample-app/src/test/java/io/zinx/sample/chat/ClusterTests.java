package io.zinx.sample.chat;

import io.zinx.cluster.Backplane;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.sample.SampleApplication;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Two nodes in one JVM, without Redis.
 */
class ClusterTests extends TwoNodes {

	private final InProcessBackplane backplane = new InProcessBackplane();

	@Override
	protected Node start() {
		return Node.start(new SpringApplicationBuilder(SampleApplication.class)
			.initializers((GenericApplicationContext context) -> context.registerBean(Backplane.class,
					this.backplane::anotherEnd)));
	}

}
