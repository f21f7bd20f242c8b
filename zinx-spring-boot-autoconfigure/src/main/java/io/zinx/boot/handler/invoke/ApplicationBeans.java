package io.zinx.boot.handler.invoke;

import io.zinx.boot.payload.PlainPayload;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The beans of the application, which are injected and never sent. Used at startup and at
 * build time.
 *
 * @param beanFactory has the beans
 */
record ApplicationBeans(ListableBeanFactory beanFactory) {

	/**
	 * Require that a parameter is not of the type of a bean, unless it is annotated as
	 * the payload.
	 * @param parameter a parameter of no other kind
	 */
	void requireNone(HandlerParameter parameter) {
		String beanName = parameter.isMarked() ? null : nameOf(parameter.typeClass());
		if (beanName != null) {
			throw parameter.invalid("is not the body of a message, but the bean '" + beanName + "'",
					"Inject it as a constructor argument or a field of the bean. If it is the body, annotate the "
							+ "parameter with @Payload.");
		}
	}

	private @Nullable String nameOf(Class<?> type) {
		if (type.getName().startsWith("java.") || type.isArray() || BeanUtils.isSimpleValueType(type)
				|| PlainPayload.isWritten(type)) {
			return null;
		}
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type, false, false);
		return (names.length > 0) ? names[0] : null;
	}

}
