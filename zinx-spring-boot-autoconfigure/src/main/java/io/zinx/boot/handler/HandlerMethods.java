package io.zinx.boot.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.zinx.connection.ConnManager;
import io.zinx.routing.Router;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.validation.Validator;

/**
 * Makes routers of methods. What a method needs is found out then, once, so that nothing
 * has to be looked up for a message. Used at the start, by one thread.
 */
public final class HandlerMethods {

	private final PayloadFormat defaultFormat;

	private final ObjectProvider<PayloadConverter> converters;

	private final ObjectProvider<Validator> validators;

	private final ConfigurableListableBeanFactory beanFactory;

	private @Nullable List<Map<Class<?>, ExceptionMethod>> advice;

	/**
	 * Make routers as an application wants them. Asks for no bean yet.
	 * @param defaultFormat the format of payloads, where the method says nothing else
	 * @param converters read and write formats
	 * @param validators know the application's validator
	 * @param beanFactory knows the advice, and the application's conversion service
	 * @throws InvalidConfigurationPropertyValueException if the default format is none
	 */
	public HandlerMethods(PayloadFormat defaultFormat, ObjectProvider<PayloadConverter> converters,
			ObjectProvider<Validator> validators, ConfigurableListableBeanFactory beanFactory) {
		if (defaultFormat == PayloadFormat.DEFAULT) {
			throw new InvalidConfigurationPropertyValueException("zinx.payload", defaultFormat,
					"It should be json, protobuf, string or bytes.");
		}
		this.defaultFormat = defaultFormat;
		this.converters = converters;
		this.validators = validators;
		this.beanFactory = beanFactory;
	}

	/**
	 * Make a router of a method.
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
		Class<?> beanClass = AopProxyUtils.ultimateTargetClass(bean);
		Payloads payloads = payloads((format == PayloadFormat.DEFAULT) ? this.defaultFormat : format);
		List<Argument> arguments = Arguments.of(method, beanClass, payloads);
		Result result = Result.of(method, beanClass);
		return new MethodRouter(BoundMethod.of(bean, method, arguments), result,
				ExceptionMethodFinder.reply(method, result, reply, payloads), exceptions(bean, beanClass, payloads),
				contexts());
	}

	private ContextCarrier contexts() {
		return new ContextCarriers(this.beanFactory.getBeanProvider(ContextCarrier.class).orderedStream().toList());
	}

	private Payloads payloads(PayloadFormat format) {
		return new Payloads(format, converter(format), this.validators.getIfUnique(),
				this.beanFactory.getBeanProvider(ConnManager.class).getIfUnique());
	}

	/**
	 * What writes values as results of handler methods are written, for others who send.
	 * Any thread; asks for no bean yet.
	 * @param format the format, or {@link PayloadFormat#DEFAULT}
	 * @return a new writer
	 */
	public PayloadWriter writer(PayloadFormat format) {
		PayloadFormat actual = (format == PayloadFormat.DEFAULT) ? this.defaultFormat : format;
		return new PayloadWriter(actual, () -> converter(actual));
	}

	private @Nullable PayloadConverter converter(PayloadFormat format) {
		if (format == PayloadFormat.STRING) {
			ConversionService conversions = this.beanFactory.getConversionService();
			return new TextPayloadConverter(
					(conversions != null) ? conversions : DefaultConversionService.getSharedInstance());
		}
		return this.converters.orderedStream()
			.filter((converter) -> converter.format() == format)
			.findFirst()
			.orElse(null);
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
			ExceptionMethodFinder finder = new ExceptionMethodFinder(payloads(this.defaultFormat));
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
