package io.zinx.boot.test.context;

import io.zinx.boot.test.client.ZinxTestClients;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.support.DependencyInjectionTestExecutionListener;

/**
 * Closes all test clients after each test, and injects new ones into a test instance that
 * is used again.
 */
final class ZinxTestClientTestExecutionListener implements TestExecutionListener, Ordered {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE - 100;
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (!testContext.hasApplicationContext()) {
			return;
		}
		long closed = testContext.getApplicationContext()
			.getBeanProvider(ZinxTestClients.class)
			.stream()
			.filter(ZinxTestClients::closeAll)
			.count();
		if (closed > 0) {
			testContext.setAttribute(DependencyInjectionTestExecutionListener.REINJECT_DEPENDENCIES_ATTRIBUTE, true);
		}
	}

}
