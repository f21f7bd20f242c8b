package io.zinx.boot.context;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.GenericApplicationListener;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Finds out whether a type of event has listeners in the context or one of its parents:
 * beans, {@code @EventListener} methods or listeners added by code. A listener whose bean
 * is lazy is judged by its class; one that receives all events counts for each type. Used
 * at startup.
 */
final class ListenerProbe {

	private ListenerProbe() {
	}

	static boolean isHeard(ApplicationContext context, Class<? extends ApplicationEvent> type) {
		for (ApplicationContext each = context; each != null; each = each.getParent()) {
			if (!(each instanceof AbstractApplicationContext listened) || isIn(listened, type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean isIn(AbstractApplicationContext context, Class<? extends ApplicationEvent> type) {
		ResolvableType event = ResolvableType.forClass(type);
		if (context.getApplicationListeners().stream().anyMatch((listener) -> hears(listener, event))) {
			return true;
		}
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		for (String name : beans.getBeanNamesForType(ApplicationListener.class, true, false)) {
			if (!beans.containsSingleton(name) && mayHear(beans.getType(name, false), type)) {
				return true;
			}
		}
		return false;
	}

	private static boolean hears(ApplicationListener<?> listener, ResolvableType event) {
		GenericApplicationListener generic = (listener instanceof GenericApplicationListener known) ? known
				: new GenericApplicationListenerAdapter(listener);
		return generic.supportsEventType(event);
	}

	private static boolean mayHear(@Nullable Class<?> listener, Class<? extends ApplicationEvent> type) {
		Class<?> declared = (listener != null)
				? ResolvableType.forClass(listener).as(ApplicationListener.class).getGeneric().resolve() : null;
		return declared == null || declared.isAssignableFrom(type);
	}

}
