package io.zinx.boot.context;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

import io.zinx.boot.messaging.ZinxTemplate;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.connection.Connection;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.io.DefaultResourceLoader;

import static org.assertj.core.api.Assertions.assertThat;

class RestartTests {

	@Test
	void anApplicationStartsAgainOnItsPortWithNewClassesAsDevtoolsHasIt() throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		int port = 0;
		Class<?> last = RestartTests.class;
		try {
			for (int run = 1; run <= 3; run++) {
				RestartedClasses classes = new RestartedClasses(before);
				thread.setContextClassLoader(classes);
				Class<?> application = classes.loadClass(Application.class.getName());
				assertThat(application).isNotSameAs(last);
				last = application;
				try (ConfigurableApplicationContext context = run(application, classes, port);
						SocketClient client = ZinxApplication.connect(context)) {
					assertThat(client.send(7, "{\"item\":\"tea\"}").receive().text()).isEqualTo("{\"item\":\"tea\"}");
					assertThat(client.receive().text()).isEqualTo("{\"item\":\"more\"}");
					port = context.getEnvironment().getRequiredProperty("local.zinx.server.port", Integer.class);
				}
			}
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	@Test
	void theThreadsHaveTheClassLoaderOfTheApplicationWhateverStartsIt() throws Exception {
		RestartedClasses classes = new RestartedClasses(getClass().getClassLoader());
		Class<?> application = classes.loadClass(Application.class.getName());
		try (ConfigurableApplicationContext context = run(application, classes, 0);
				SocketClient client = ZinxApplication.connect(context)) {
			assertThat(client.send(9, "").receive().text()).isEqualTo("true");
		}
	}

	private static ConfigurableApplicationContext run(Class<?> application, ClassLoader classes, int port) {
		SpringApplication spring = new SpringApplication(new DefaultResourceLoader(classes),
				ZinxApplication.autoConfigured(), application);
		spring.setWebApplicationType(WebApplicationType.NONE);
		spring.setDefaultProperties(Map.of("zinx.port", port, "spring.main.banner-mode", "off"));
		return spring.run();
	}

	record Item(String item) {

	}

	static class Application {

		private final ZinxTemplate template;

		Application(ZinxTemplate template) {
			this.template = template;
		}

		@ZinxRouter(msgId = 7)
		Item echo(Item item, Connection connection) {
			connection.execute(() -> this.template.send(connection, 8, new Item("more")));
			return item;
		}

		@ZinxRouter(msgId = 9)
		boolean isAtHome() {
			return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
		}

		@EventListener
		void onOpened(ConnectionOpenedEvent event) {
			event.connection().setProperty("seen", true);
		}

	}

	/**
	 * Loads the classes of the application anew, and leaves all others to its parent.
	 */
	static final class RestartedClasses extends ClassLoader {

		RestartedClasses(ClassLoader parent) {
			super(parent);
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.startsWith(RestartTests.class.getName())) {
				return super.loadClass(name, resolve);
			}
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				return (loaded != null) ? loaded : define(name);
			}
		}

		private Class<?> define(String name) throws ClassNotFoundException {
			try (@Nullable
			InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (in == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = in.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
