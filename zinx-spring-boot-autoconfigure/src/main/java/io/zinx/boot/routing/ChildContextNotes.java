package io.zinx.boot.routing;

import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Notes in the log about child contexts of the one with the server: the server does not
 * see their beans, because it has started before them.
 */
public final class ChildContextNotes implements ApplicationListener<ContextRefreshedEvent> {

	private static final Logger logger = LoggerFactory.getLogger(ChildContextNotes.class);

	private final ApplicationContext context;

	/**
	 * Create an instance.
	 * @param context the context with the server
	 */
	public ChildContextNotes(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		ApplicationContext refreshed = event.getApplicationContext();
		if (refreshed == this.context) {
			return;
		}
		Set<String> outside = OutsideBeans.find(refreshed, false);
		if (!outside.isEmpty()) {
			logger
				.warn("The Zinx server does not see beans of {}, which is a child of the context with the server: {}. "
						+ "Define them in the context with the server", refreshed.getDisplayName(), outside);
		}
	}

}
