package io.zinx.link;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import io.zinx.InvalidSettingException;
import io.zinx.server.ServerConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The classes of the project, loaded with and without the optional library.
 */
class OptionalLibraryTests {

	private static final String LIBRARY = "netty-codec-haproxy";

	private static final String HTTP_LIBRARY = "netty-codec-http";

	@Test
	void aModeNeedsTheLibraryThatReadsHeaders() throws Exception {
		assertThat(configured("", "OPTIONAL")).isEqualTo("optional");
		for (String mode : List.of("OPTIONAL", "REQUIRED")) {
			assertThat(configured(LIBRARY, mode)).contains("proxy-protocol.mode: " + mode.toLowerCase(Locale.ROOT),
					"is not on the class path: add io.netty:" + LIBRARY);
		}
		assertThat(configured(LIBRARY, "OFF")).isEqualTo("off");
	}

	@Test
	void webSocketNeedsTheLibraryThatReadsIt() throws Exception {
		assertThat(configured("", "WEB_SOCKET")).isEqualTo("off");
		assertThat(configured(HTTP_LIBRARY, "WEB_SOCKET")).contains("websocket.same-port: true",
				"is not on the class path: add io.netty:" + HTTP_LIBRARY);
		assertThat(configured(HTTP_LIBRARY, "OFF")).isEqualTo("off");
	}

	/**
	 * Configure a server with classes of a loader of its own.
	 * @param missing part of the name of the jar that the loader does not have; empty for
	 * none
	 * @return the mode, or the text of the exception
	 */
	private static String configured(String missing, String mode) throws Exception {
		URL[] urls = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((path) -> missing.isEmpty() || !path.contains(missing))
			.map(OptionalLibraryTests::url)
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			Callable<?> configuring = Class.forName(Configuring.class.getName(), true, loader)
				.asSubclass(Callable.class)
				.getDeclaredConstructor(String.class)
				.newInstance(mode);
			return configuring.call().toString();
		}
	}

	private static URL url(String path) {
		try {
			return new File(path).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs with the classes of another loader.
	 */
	public static final class Configuring implements Callable<String> {

		private final String mode;

		public Configuring(String mode) {
			this.mode = mode;
		}

		@Override
		public String call() {
			try {
				boolean webSocket = this.mode.equals("WEB_SOCKET");
				return ServerConfig.builder()
					.webSocket(webSocket ? WebSocketSettings.onSamePort() : null)
					.proxyProtocol(new ProxyProtocolSettings(
							webSocket ? ProxyProtocolMode.OFF : ProxyProtocolMode.valueOf(this.mode),
							ProxyProtocolSettings.DEFAULT_TRUSTED, ProxyProtocolSettings.DEFAULT_TIMEOUT))
					.build()
					.transport()
					.link()
					.proxyProtocol()
					.mode()
					.toString();
			}
			catch (InvalidSettingException ex) {
				return String.valueOf(ex.getMessage());
			}
		}

	}

}
