package io.zinx.boot.routing;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.zinx.boot.handler.ZinxExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.annotation.Bean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

/**
 * Finds the methods of a class that are annotated with {@link ZinxRouter} and do not
 * declare beans. Any thread.
 */
final class HandlerMethodFinder {

	private static final Logger logger = LoggerFactory.getLogger(HandlerMethodFinder.class);

	private final Map<Class<?>, Map<Method, ZinxRouter>> found = new ConcurrentHashMap<>();

	private final Set<Class<?>> handlingExceptions = ConcurrentHashMap.newKeySet();

	/**
	 * Find the methods.
	 * @param beanClass the class of a bean, not of a proxy
	 * @return the methods and their annotations
	 */
	Map<Method, ZinxRouter> find(Class<?> beanClass) {
		if (!AnnotationUtils.isCandidateClass(beanClass, ZinxRouter.class)
				|| beanClass.getName().startsWith("org.springframework.")) {
			return Map.of();
		}
		return this.found.computeIfAbsent(beanClass, this::select);
	}

	/**
	 * Return whether a class has methods annotated with {@link ZinxExceptionHandler}.
	 * @param beanClass a class for which {@link #find} was called
	 */
	boolean handlesExceptions(Class<?> beanClass) {
		return this.handlingExceptions.contains(beanClass);
	}

	private Map<Method, ZinxRouter> select(Class<?> beanClass) {
		try {
			return MethodIntrospector.selectMethods(beanClass,
					(MethodIntrospector.MetadataLookup<ZinxRouter>) (method) -> {
						if (AnnotatedElementUtils.isAnnotated(method, ZinxExceptionHandler.class)) {
							this.handlingExceptions.add(beanClass);
						}
						return annotation(method);
					});
		}
		catch (IllegalStateException | LinkageError ex) {
			logger.debug("Cannot look for @ZinxRouter on the methods of {}", beanClass, ex);
			return Map.of();
		}
	}

	private static @Nullable ZinxRouter annotation(Method method) {
		return AnnotatedElementUtils.hasAnnotation(method, Bean.class) ? null
				: AnnotatedElementUtils.findMergedAnnotation(method, ZinxRouter.class);
	}

}
