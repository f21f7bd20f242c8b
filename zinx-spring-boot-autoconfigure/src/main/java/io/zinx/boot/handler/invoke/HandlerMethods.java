package io.zinx.boot.handler.invoke;

import java.lang.reflect.Method;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.zinx.boot.handler.ContextCarrier;
import io.zinx.boot.handler.InvalidHandlerMethodException;
import io.zinx.boot.handler.PayloadFormat;
import io.zinx.boot.handler.ZinxAdvice;
import io.zinx.boot.handler.ZinxExceptionHandler;
import io.zinx.boot.payload.PayloadEncoding;
import io.zinx.boot.payload.PayloadFormats;
import io.zinx.boot.payload.TextCharset;
import io.zinx.cluster.ZinxCluster;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.validation.Validator;
import org.springframework.validation.method.MethodValidator;

/**
 * Creates routers of handler methods. All lookups for a method are done then, once, and
 * none for a message. Used at startup, by one thread.
 */
public final class HandlerMethods {

	/** The name of the bean that validates arguments and results, if there is one. */
	public static final String METHOD_VALIDATOR = "zinxMethodValidator";

	private final PayloadFormats formats;

	private final ObjectProvider<Validator> validators;

	private final ConfigurableListableBeanFactory beanFactory;

	private @Nullable List<Map<Class<?>, ExceptionMethod>> advice;

	/**
	 * Create an instance for an application. Looks up no bean yet.
	 * @param formats read payloads and write results
	 * @param validators provide the application's validator
	 * @param beanFactory has the advice beans and the cluster to send results to
	 */
	public HandlerMethods(PayloadFormats formats, ObjectProvider<Validator> validators,
			ConfigurableListableBeanFactory beanFactory) {
		this.formats = formats;
		this.validators = validators;
		this.beanFactory = beanFactory;
	}

	/**
	 * Create a router of a method.
	 * @param bean its bean, possibly a proxy
	 * @param method the method, as the bean's class declares it
	 * @param reply the message number of its reply, or {@link ZinxExceptionHandler#NONE}
	 * for that of the message
	 * @param format the format of its payload and its reply
	 * @return the router
	 * @throws InvalidHandlerMethodException if the method cannot be called as it is
	 * declared
	 */
	public Router router(Object bean, Method method, long reply, PayloadFormat format) {
		return router(bean, method, reply, format, "");
	}

	/**
	 * Create a router of a method.
	 * @param bean its bean, possibly a proxy
	 * @param method the method, as the bean's class declares it
	 * @param reply the message number of its reply, or {@link ZinxExceptionHandler#NONE}
	 * for that of the message
	 * @param format the format of its payload and its reply
	 * @param charset the name of the charset of its text; empty for that of
	 * {@code zinx.payload-charset}
	 * @return the router
	 * @throws InvalidHandlerMethodException if the method cannot be called as it is
	 * declared
	 */
	public Router router(Object bean, Method method, long reply, PayloadFormat format, String charset) {
		Class<?> beanClass = AopProxyUtils.ultimateTargetClass(bean);
		Payloads payloads = payloads(encoding(method, format, charset));
		List<Argument> arguments = ArgumentResolvers.of(method, beanClass, payloads::argument);
		Result result = Result.of(method, beanClass);
		HandlerMethodInvoker invoker = HandlerMethodInvoker.of(bean, method, arguments,
				payloads.validations().ofMethod(bean, method, arguments, result));
		Router router = new MethodRouter(invoker, result, ExceptionMethodFinder.reply(method, result, reply, payloads),
				exceptions(bean, beanClass, payloads), contexts());
		if (!charset.isEmpty() && !payloads.hasText()) {
			throw new InvalidHandlerMethodException(method,
					"sets the charset " + charset + ", which has no effect: it reads and writes no text",
					"Remove charset, or read and write a String, or set payload = PayloadFormat.STRING. JSON is "
							+ "UTF-8 in any case.");
		}
		return router;
	}

	private static PayloadEncoding encoding(Method method, PayloadFormat format, String charset) {
		try {
			Charset found = charset.isEmpty() ? null : TextCharset.of(Charset.forName(charset)).charset();
			return new PayloadEncoding(format, found);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidHandlerMethodException(method,
					"sets the charset '" + charset + "', which this JVM does not have or cannot write",
					"Set charset to a name that Charset.availableCharsets() lists, for example GBK.", ex);
		}
	}

	/**
	 * Check the declaration of a method without its bean, its format and a validator: at
	 * build time, when there are none of them.
	 * @param beanClass the class of the bean
	 * @param method the method, as the class declares it
	 * @param reply as for {@link #router}
	 * @param beanFactory has the definitions of all beans, which are no payloads
	 * @throws InvalidHandlerMethodException if the method cannot be called as it is
	 * declared
	 */
	public static void check(Class<?> beanClass, Method method, long reply, ListableBeanFactory beanFactory) {
		ApplicationBeans beans = new ApplicationBeans(beanFactory);
		ArgumentResolvers.of(method, beanClass, (parameter) -> {
			Payloads.requirePossible(parameter, beans);
			return (request, thrown) -> null;
		});
		ExceptionMethodFinder.requireReply(method, Result.of(method, beanClass), reply);
	}

	/**
	 * Check the declarations of the methods of a class that handle exceptions.
	 * @param beanClass the class
	 * @throws InvalidHandlerMethodException if one cannot be called as it is declared
	 */
	public static void checkExceptionHandlers(Class<?> beanClass) {
		ExceptionMethodFinder.check(beanClass);
	}

	private ContextCarrier contexts() {
		return new ContextCarriers(this.beanFactory.getBeanProvider(ContextCarrier.class).orderedStream().toList());
	}

	private Payloads payloads(PayloadEncoding encoding) {
		ZinxCluster cluster = this.beanFactory.getBeanProvider(ZinxCluster.class).getIfUnique();
		return new Payloads(this.formats.resolve(encoding),
				new Validations(this.validators.getIfUnique(), methodValidator()),
				new ServerDelivery(this.formats.writer(encoding), cluster), new ApplicationBeans(this.beanFactory));
	}

	private @Nullable MethodValidator methodValidator() {
		return this.beanFactory.containsBean(METHOD_VALIDATOR)
				? this.beanFactory.getBean(METHOD_VALIDATOR, MethodValidator.class) : null;
	}

	private ExceptionMethods exceptions(Object bean, Class<?> beanClass, Payloads payloads) {
		List<Map<Class<?>, ExceptionMethod>> all = new ArrayList<>();
		all.add(new ExceptionMethodFinder(payloads).find(bean, beanClass));
		all.addAll(advice());
		all.removeIf(Map::isEmpty);
		return new ExceptionMethods(List.copyOf(all));
	}

	private List<Map<Class<?>, ExceptionMethod>> advice() {
		List<Map<Class<?>, ExceptionMethod>> advice = this.advice;
		if (advice == null) {
			ExceptionMethodFinder finder = new ExceptionMethodFinder(payloads(PayloadEncoding.DEFAULT));
			advice = List.of(this.beanFactory.getBeanNamesForAnnotation(ZinxAdvice.class))
				.stream()
				.sorted(Comparator.comparingInt(this::order))
				.map(this.beanFactory::getBean)
				.map((bean) -> finder.find(bean, AopProxyUtils.ultimateTargetClass(bean)))
				.toList();
			this.advice = advice;
		}
		return advice;
	}

	private int order(String beanName) {
		if (this.beanFactory.getBean(beanName) instanceof Ordered ordered) {
			return ordered.getOrder();
		}
		Order order = this.beanFactory.findAnnotationOnBean(beanName, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

}
