package io.zinx.boot.routing;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.zinx.boot.routing.scanned.ScannedRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.connection.ConnectionListener;
import io.zinx.routing.AsyncRouter;
import io.zinx.routing.Execution;
import io.zinx.routing.Interceptor;
import io.zinx.routing.Request;
import io.zinx.routing.Route;
import io.zinx.routing.RouteRegistry;
import io.zinx.routing.Router;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.AliasFor;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ZinxRouterTests {

	@Test
	void annotatedClassIsFoundByComponentScanning() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Scanning.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(21, "a").receive().text()).isEqualTo("scanned a");
			assertThat(client.send(22, "b").receive().text()).isEqualTo("scanned b");
			assertThat(routes(context)).extracting(Route::name).containsExactly("scannedRouter", "scannedRouter");
		}
	}

	@Test
	void annotatedBeanMethodsMarkTheirBeans() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(BeanMethods.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "lambda").receive().text()).isEqualTo("1 lambda");
			assertThat(client.send(4294967295L, "echo").receive().text()).isEqualTo("echo");
			assertThat(routes(context)).extracting(Route::name).containsExactly("lambda", "lambda", "echo");
		}
	}

	@Test
	void aRouterSaysOnWhichThreadItRuns() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Executions.class, "zinx.worker-mode=bind");
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "").receive().text()).contains("-io-");
			assertThat(client.send(2, "").receive().text()).contains("-conn-");
			assertThat(client.send(3, "").receive().text()).contains("-conn-");
			assertThat(client.send(4, "").receive().text()).contains("-conn-");
			assertThat(client.send(5, "").receive().text()).contains("-worker-");
			assertThat(client.send(9, "").receive().text()).contains("-io-");
		}
	}

	@Test
	void aRouterThatAnswersLaterIsARouterToo() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Later.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "a").send(2, "b").receive().text()).isEqualTo("later a");
			assertThat(client.receive().text()).isEqualTo("behind b");
		}
	}

	@Test
	void annotationOnBeanMethodGoesBeforeThatOnTheClass() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(TwoOfAClass.class)) {
			assertThat(routes(context)).extracting(Route::msgId).containsExactly(101L, 102L);
		}
	}

	@Test
	void composedAndInheritedAnnotationsCount() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Composed.class, Inheriting.class))) {
			assertThat(routes(context)).extracting(Route::msgId).containsExactly(5L, 6L, 7L);
		}
	}

	@Test
	void factoryBeanMakesARouter() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(ByFactoryBean.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "product").receive().text()).isEqualTo("product");
		}
	}

	@Test
	void routersAreMadeUnderLazyInitialization() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(
				List.of(Scanning.class, BeanMethods.class, HiddenByReturnType.class, ByCode.class),
				"spring.main.lazy-initialization=true"); SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(21, "a").receive().text()).isEqualTo("scanned a");
			assertThat(client.send(1, "b").receive().text()).isEqualTo("1 b");
			assertThat(client.send(6, "c").receive().text()).isEqualTo("c");
			assertThat(client.send(41, "d").receive().text()).isEqualTo("d");
		}
	}

	@Test
	void lazyRouterIsMadeWithAWarning(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication.run(LazyRouter.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "lazy").receive().text()).isEqualTo("lazy");
			assertThat(output).containsPattern("WARN.*Router 'zinxRouterTests.LazyRouter' is @Lazy");
		}
	}

	@Test
	void proxyOfAClassIsUsed() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(ClassProxies.class);
				SocketClient client = ZinxApplication.connect(context)) {
			Router router = routes(context).get(0).router();
			assertThat(AopUtils.isCglibProxy(router)).isTrue();
			assertThat(client.send(9, "proxied").receive().text()).isEqualTo("proxied");
		}
	}

	@Test
	void proxyOfInterfacesIsUsed() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(InterfaceProxies.class,
				"spring.aop.proxy-target-class=false"); SocketClient client = ZinxApplication.connect(context)) {
			Router router = routes(context).get(0).router();
			assertThat(AopUtils.isJdkDynamicProxy(router)).isTrue();
			assertThat(client.send(9, "proxied").receive().text()).isEqualTo("proxied");
		}
	}

	@Test
	void routersAndListenersMayUseTheServer() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Online.class, Greeter.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.receive().text()).isEqualTo("hello 1 of 1");
			assertThat(client.send(1, "").receive().text()).isEqualTo("1 online, running: true");
		}
	}

	@Test
	void registrarsAreCalledInOrderBeforeAnnotatedRouters() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(ByCode.class, BeanMethods.class));
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(context.getBean(ByCode.class).seen).containsExactly(0, 1);
			assertThat(client.send(41, "x").receive().text()).isEqualTo("x");
		}
	}

	@Test
	void middlewareOfARegistryBeanAndOfARegistrarRunsBeforeAnnotatedRouters() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(List.of(Guarded.class, BeanMethods.class));
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "a");
			assertThat(client.receive().text()).isEqualTo("middleware of the bean");
			assertThat(client.receive().text()).isEqualTo("middleware of the registrar");
			assertThat(client.receive().text()).isEqualTo("1 a");
			client.send(60, "b");
			assertThat(client.receive().text()).isEqualTo("middleware of the bean");
			assertThat(client.receive().text()).isEqualTo("middleware of the registrar");
			assertThat(client.receive().text()).isEqualTo("b");
		}
	}

	@Test
	void interceptorBeansSeeEveryMessageInTheirOrder() {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Intercepting.class, BeanMethods.class), "spring.main.lazy-initialization=true");
				SocketClient client = ZinxApplication.connect(context)) {
			client.send(1, "a");
			assertThat(client.receive().text()).isEqualTo("first 1");
			assertThat(client.receive().text()).isEqualTo("second 1");
			assertThat(client.receive().text()).isEqualTo("1 a");
			client.send(77, "without a router");
			assertThat(client.receive().text()).isEqualTo("first 77");
		}
	}

	@Test
	void annotatedRoutersAnswerARangeAndWhateverHasNoOther() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Ranges.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(0, "").receive().text()).isEqualTo("range 0");
			assertThat(client.send(5, "").receive().text()).isEqualTo("its own 5");
			assertThat(client.send(9, "").receive().text()).isEqualTo("range 9");
			assertThat(client.send(10, "").receive().text()).isEqualTo("fallback 10");
			assertThat(client.send(4294967295L, "").receive().text()).isEqualTo("fallback 4294967295");
		}
	}

	@Test
	void routersByCodeOfADependentBeanWork() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(DirectRegistration.class);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(50, "x").receive().text()).isEqualTo("x");
		}
	}

	@Test
	void noBeanIsMadeTooEarly(CapturedOutput output) {
		try (ConfigurableApplicationContext context = ZinxApplication
			.run(List.of(Scanning.class, Composed.class, Online.class, Greeter.class, ByCode.class))) {
			assertThat(routes(context)).hasSize(7);
			assertThat(output).doesNotContain("not eligible for getting processed");
		}
	}

	private static List<Route> routes(ConfigurableApplicationContext context) {
		return context.getBean(ZinxServer.class).routes().snapshot().all();
	}

	@Configuration(proxyBeanMethods = false)
	@ComponentScan(basePackageClasses = ScannedRouter.class)
	static class Scanning {

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethods {

		@Bean
		@ZinxRouter(msgId = { 1, 2 })
		Router lambda() {
			return (request) -> request.reply(1, request.msgId() + " " + request.bodyAsString());
		}

		@Bean
		@ZinxRouter(msgId = 4294967295L)
		static EchoRouter echo() {
			return new EchoRouter();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoOfAClass {

		@Bean
		@ZinxRouter(msgId = 101)
		ScannedRouter one() {
			return new ScannedRouter();
		}

		@Bean
		@ZinxRouter(msgId = 102)
		ScannedRouter two() {
			return new ScannedRouter();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@ZinxRouter(msgId = {})
	@interface GameRouter {

		@AliasFor(annotation = ZinxRouter.class, attribute = "msgId")
		long[] value();

	}

	@GameRouter({ 5, 7 })
	static class Composed extends EchoRouter {

	}

	@ZinxRouter(msgId = 6)
	abstract static class Base extends EchoRouter {

	}

	static class Inheriting extends Base {

	}

	@Configuration(proxyBeanMethods = false)
	static class HiddenByReturnType {

		@Bean
		Router hidden() {
			return new Inheriting();
		}

	}

	@ZinxRouter(msgId = 1)
	static class ByFactoryBean implements FactoryBean<Router> {

		@Override
		public Router getObject() {
			return new EchoRouter();
		}

		@Override
		public Class<?> getObjectType() {
			return Router.class;
		}

	}

	@ZinxRouter(msgId = 1)
	@Lazy
	static class LazyRouter extends EchoRouter {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync(proxyTargetClass = true)
	static class ClassProxies {

		@Bean
		Audited audited() {
			return new Audited();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAsync
	static class InterfaceProxies {

		@Bean
		Router audited() {
			return new Audited();
		}

	}

	@ZinxRouter(msgId = 9)
	static class Audited extends EchoRouter {

		@Async
		public void audit() {
		}

	}

	@ZinxRouter(msgId = 1)
	static class Online implements Router {

		private final ConnManager connManager;

		private final ZinxServer server;

		Online(ConnManager connManager, ZinxServer server) {
			this.connManager = connManager;
			this.server = server;
		}

		@Override
		public void handle(Request request) {
			request.reply(1, this.connManager.size() + " online, running: " + this.server.isRunning());
		}

	}

	static class Greeter implements ConnectionListener {

		private final ConnManager connManager;

		private final ZinxServer server;

		Greeter(ConnManager connManager, ZinxServer server) {
			this.connManager = connManager;
			this.server = server;
		}

		@Override
		public void onStart(Connection connection) {
			connection.send(1, "hello " + this.connManager.size() + " of " + this.server.connManager().size());
		}

		@Override
		public void onStop(Connection connection, CloseReason reason) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByCode {

		private final List<Integer> seen = new ArrayList<>();

		@Bean
		@Order(2)
		ZinxRouteRegistrar second() {
			return (registry) -> {
				this.seen.add(registry.snapshot().all().size());
				registry.add(42, new EchoRouter());
			};
		}

		@Bean
		@Order(1)
		ZinxRouteRegistrar first() {
			return (registry) -> {
				this.seen.add(registry.snapshot().all().size());
				registry.add(41, new EchoRouter());
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Intercepting {

		@Bean
		@Order(2)
		Interceptor second() {
			return (request, chain) -> answer(request, chain, "second ");
		}

		@Bean
		@Order(1)
		Interceptor first() {
			return (request, chain) -> answer(request, chain, "first ");
		}

		private static void answer(Request request, Interceptor.Chain chain, String text) throws Exception {
			request.reply(0, text + request.msgId());
			chain.proceed(request);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Ranges {

		@Bean
		@ZinxRouter(from = 0, to = 9)
		Router range() {
			return (request) -> request.reply(0, "range " + request.msgId());
		}

		@Bean
		@ZinxRouter(msgId = 5)
		Router itsOwn() {
			return (request) -> request.reply(0, "its own " + request.msgId());
		}

		@Bean
		@ZinxRouter(fallback = true)
		Router fallback() {
			return (request) -> request.reply(0, "fallback " + request.msgId());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Guarded {

		@Bean
		RouteRegistry routes() {
			return new RouteRegistry().use((request) -> request.reply(0, "middleware of the bean"));
		}

		@Bean
		ZinxRouteRegistrar registrar() {
			return (registry) -> registry.use((request) -> request.reply(0, "middleware of the registrar"))
				.add(60, new EchoRouter());
		}

	}

	static class DirectRegistration {

		DirectRegistration(ZinxServer server) {
			server.router(50, new EchoRouter());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Executions {

		@Bean
		@ZinxRouter(msgId = 1, execution = Execution.EVENT_LOOP)
		Router loop() {
			return Executions::tellThread;
		}

		@Bean
		@ZinxRouter(from = 2, to = 3, execution = Execution.VIRTUAL_THREAD)
		Router ownThread() {
			return Executions::tellThread;
		}

		@Bean
		@ZinxRouter(msgId = 4)
		Router byMode() {
			return Executions::tellThread;
		}

		@Bean
		@ZinxRouter(msgId = 5, execution = Execution.WORKER)
		Router worker() {
			return Executions::tellThread;
		}

		@Bean
		@ZinxRouter(fallback = true, execution = Execution.EVENT_LOOP)
		Router rest() {
			return Executions::tellThread;
		}

		private static void tellThread(Request request) {
			request.reply(request.msgId(), Thread.currentThread().getName());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Later {

		@Bean
		@ZinxRouter(msgId = 1)
		AsyncRouter later() {
			return (request) -> {
				String text = request.bodyAsString();
				return CompletableFuture.runAsync(() -> request.reply(1, "later " + text));
			};
		}

		@Bean
		@ZinxRouter(msgId = 2)
		Router behind() {
			return (request) -> request.reply(2, "behind " + request.bodyAsString());
		}

	}

}
