package io.zinx.boot.autoconfigure;

import io.zinx.connection.CloseReason;
import io.zinx.connection.Connection;
import io.zinx.message.Message;
import io.zinx.server.Goodbye;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.util.function.SingletonSupplier;

/**
 * The {@link Goodbye} bean of an application, which is looked up for the first goodbye,
 * so that it may depend on the server.
 */
final class LateGoodbye implements Goodbye {

	private final SingletonSupplier<Goodbye> bean;

	private LateGoodbye(ObjectProvider<Goodbye> beans) {
		this.bean = SingletonSupplier.ofNullable(beans::getIfAvailable);
	}

	/**
	 * Find the bean. It is not created.
	 * @param context the application
	 * @return {@code null} if there is none
	 */
	static @Nullable Goodbye in(ApplicationContext context) {
		String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, Goodbye.class, true, false);
		return (names.length > 0) ? new LateGoodbye(context.getBeanProvider(Goodbye.class)) : null;
	}

	@Override
	public @Nullable Message to(Connection connection, CloseReason reason) {
		Goodbye goodbye = this.bean.get();
		return (goodbye != null) ? goodbye.to(connection, reason) : null;
	}

}
