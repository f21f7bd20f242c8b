package io.zinx.boot.routing;

import java.util.IdentityHashMap;

import io.zinx.message.Message;
import io.zinx.routing.Interceptor;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.RouterFunction;

import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The beans that are called before routers: interceptors, and functions that are
 * annotated with {@link ZinxIntercept}. Used at startup.
 */
final class InterceptingBeans {

	private final ConfigurableListableBeanFactory beanFactory;

	InterceptingBeans(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Check those that are annotated.
	 * @throws InvalidRouterBeanException if one cannot be called before routers
	 */
	void check() {
		annotated();
	}

	/**
	 * Register them, each kind in the order of the beans.
	 * @param registry where to register them
	 */
	void register(RouteRegistry registry) {
		IdentityHashMap<Object, ZinxIntercept> annotated = annotated();
		this.beanFactory.getBeanProvider(Interceptor.class).orderedStream().forEach((interceptor) -> {
			ZinxIntercept range = annotated.get(interceptor);
			if (range == null) {
				registry.interceptor(interceptor);
			}
			else {
				registry.interceptor(range.from(), range.to(), interceptor);
			}
		});
		this.beanFactory.getBeanProvider(RouterFunction.class).orderedStream().forEach((function) -> {
			ZinxIntercept range = annotated.get(function);
			if (range != null) {
				registry.use(range.from(), range.to(), function);
			}
		});
	}

	private IdentityHashMap<Object, ZinxIntercept> annotated() {
		IdentityHashMap<Object, ZinxIntercept> annotated = new IdentityHashMap<>();
		BeanFactory each = this.beanFactory;
		while (each instanceof ConfigurableListableBeanFactory beans) {
			for (String beanName : beans.getBeanNamesForAnnotation(ZinxIntercept.class)) {
				ZinxIntercept annotation = beans.findAnnotationOnBean(beanName, ZinxIntercept.class);
				if (annotation != null && !ScopedProxyUtils.isScopedTarget(beanName)) {
					annotated.put(requireUsable(beans, beanName, annotation), annotation);
				}
			}
			each = beans.getParentBeanFactory();
		}
		return annotated;
	}

	private static Object requireUsable(BeanFactory beans, String beanName, ZinxIntercept annotation) {
		if (!Message.isMsgId(annotation.from()) || !Message.isMsgId(annotation.to())
				|| annotation.from() > annotation.to()) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxIntercept for the messages from " + annotation.from() + " to "
							+ annotation.to() + ", which is not a valid range",
					"Set from and to to numbers from 0 to " + Message.MAX_MSG_ID + ", the smaller one first.");
		}
		if (!beans.isSingleton(beanName)) {
			throw new InvalidRouterBeanException(beanName, "is annotated with @ZinxIntercept, but is not a singleton",
					"One instance serves all connections: remove its scope.");
		}
		Object bean = beans.getBean(beanName);
		if (!(bean instanceof Interceptor || bean instanceof RouterFunction)) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxIntercept, but is neither an Interceptor nor a RouterFunction: it is a "
							+ bean.getClass().getName(),
					"Implement " + Interceptor.class.getName() + " or " + RouterFunction.class.getName() + ".");
		}
		return bean;
	}

}
