package io.zinx.boot.routing;

import io.zinx.message.Message;
import io.zinx.routing.RouteRange;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;

/**
 * The messages that a {@link ZinxRouter} is for: single ones, a range, or all that have
 * no other router.
 */
final class RouterMessages {

	private RouterMessages() {
	}

	/**
	 * Check that exactly one of the three is given.
	 * @param beanName the annotated bean
	 * @param annotation its annotation
	 * @throws InvalidRouterBeanException if not
	 */
	static void requireValid(String beanName, ZinxRouter annotation) {
		int forms = (annotation.msgId().length > 0 ? 1 : 0) + (isRange(annotation) ? 1 : 0)
				+ (annotation.fallback() ? 1 : 0);
		if (forms == 0) {
			throw new InvalidRouterBeanException(beanName, "is annotated with @ZinxRouter, but for no message",
					"Set msgId to at least one number, or set from and to, or fallback = true.");
		}
		if (forms > 1) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter, which selects messages in more than one way",
					"Set only one of msgId, from with to, and fallback = true.");
		}
		if (annotation.from() == ZinxRouter.NONE ^ annotation.to() == ZinxRouter.NONE) {
			boolean from = annotation.to() == ZinxRouter.NONE;
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter with " + (from ? "from = " + annotation.from() + ", but without to"
							: "to = " + annotation.to() + ", but without from"),
					"Set both from and to, the first and the last number of a range, or msgId for a single one.");
		}
		if (isRange(annotation) && !isValid(annotation.from(), annotation.to())) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter for the messages from " + annotation.from() + " to "
							+ annotation.to() + ", which is not a valid range",
					"Set both from and to, to numbers from 0 to " + Message.MAX_MSG_ID + ", the smaller one first.");
		}
	}

	private static boolean isRange(ZinxRouter annotation) {
		return annotation.from() != ZinxRouter.NONE || annotation.to() != ZinxRouter.NONE;
	}

	private static boolean isValid(long from, long to) {
		return Message.isMsgId(from) && Message.isMsgId(to) && from <= to;
	}

	/**
	 * Register a router for its messages.
	 * @param registry where to register it
	 * @param annotation its annotation
	 * @param router the router
	 * @param beanName its name
	 */
	static void register(RouteRegistry registry, ZinxRouter annotation, Router router, String beanName) {
		if (annotation.fallback()) {
			registerFallback(registry, annotation, router, beanName);
			return;
		}
		if (isRange(annotation)) {
			registry.range(annotation.from(), annotation.to(), router, beanName, annotation.execution());
			return;
		}
		for (long msgId : annotation.msgId()) {
			registry.add(msgId, router, beanName, annotation.execution());
		}
	}

	private static void registerFallback(RouteRegistry registry, ZinxRouter annotation, Router router,
			String beanName) {
		RouteRange present = registry.snapshot().fallback();
		if (present != null) {
			throw new InvalidRouterBeanException(beanName,
					"is annotated with @ZinxRouter(fallback = true), but there is already a fallback: '"
							+ present.name() + "'",
					"Remove one of the two routers.");
		}
		registry.fallback(router, beanName, annotation.execution());
	}

}
