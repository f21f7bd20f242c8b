package io.zinx.boot.routing;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.zinx.authentication.ConnectionAuthenticator;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.Interceptor;
import io.zinx.server.ZinxServer;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Beans that are meant for the server, in a context that is not that of the server. Used
 * at startup.
 */
final class OutsideBeans {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(ZinxRouter.class, ZinxAdvice.class,
			ZinxIntercept.class);

	private static final List<Class<?>> TYPES = List.of(Interceptor.class, ConnectionListener.class,
			ConnectionAuthenticator.class, ZinxRouteRegistrar.class);

	private OutsideBeans() {
	}

	/**
	 * Find the beans of a context that the server does not see. No bean is created.
	 * @param context the context, not its parents
	 * @param parent whether it is a parent of the context with the server, some of whose
	 * beans the server does see
	 * @return their names; none if the context has a server of its own
	 */
	static Set<String> find(ListableBeanFactory context, boolean parent) {
		Set<String> found = new TreeSet<>();
		if (context.getBeanNamesForType(ZinxServer.class, true, false).length > 0) {
			return found;
		}
		HandlerMethodFinder methods = new HandlerMethodFinder();
		for (String name : context.getBeanNamesForType(Object.class, true, false)) {
			Class<?> type = context.getType(name, false);
			boolean annotated = ANNOTATIONS.stream()
				.filter((annotation) -> !parent || annotation != ZinxIntercept.class)
				.anyMatch((annotation) -> context.findAnnotationOnBean(name, annotation, false) != null);
			if (annotated || (type != null && !methods.find(ClassUtils.getUserClass(type)).isEmpty())) {
				found.add(name);
			}
		}
		if (!parent) {
			TYPES.forEach((type) -> Stream.of(context.getBeanNamesForType(type, true, false)).forEach(found::add));
		}
		return found;
	}

}
