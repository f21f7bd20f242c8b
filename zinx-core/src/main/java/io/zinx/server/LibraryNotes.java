package io.zinx.server;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.Version;
import io.zinx.link.LinkSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the log about libraries with known holes in a part that is in use.
 */
final class LibraryNotes {

	private static final Logger logger = LoggerFactory.getLogger(LibraryNotes.class);

	/**
	 * The first version of Netty whose PROXY headers, address filters and WebSocket
	 * messages are sound.
	 */
	private static final int[] SOUND = { 4, 2, 18 };

	private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

	private LibraryNotes() {
	}

	/**
	 * Log a warning for each library that is too old.
	 * @param config the settings
	 */
	static void log(ServerConfig config) {
		LinkSettings link = config.transport().effectiveLink();
		if (link.readsProxyHeaders() || link.webSocket() != null) {
			log(config, Version.identify(LinkSettings.class.getClassLoader()));
		}
	}

	/**
	 * Log a warning for each library that is too old.
	 * @param config the settings of a server that reads PROXY headers or WebSocket
	 * messages
	 * @param libraries the parts of Netty that were found, by name
	 */
	static void log(ServerConfig config, Map<String, Version> libraries) {
		LinkSettings link = config.transport().effectiveLink();
		if (link.readsProxyHeaders()) {
			String use = "in reading PROXY headers and in filtering addresses, which zinx.proxy-protocol.mode="
					+ link.proxyProtocol().mode() + " uses";
			log(config, libraries, use, "netty-codec-haproxy", "netty-handler");
		}
		if (link.webSocket() != null) {
			log(config, libraries, "in reading requests and WebSocket messages, which zinx.websocket uses",
					"netty-codec-http");
		}
	}

	private static void log(ServerConfig config, Map<String, Version> libraries, String use, String... parts) {
		for (String part : parts) {
			Version found = libraries.get(part);
			if (found != null && isTooOld(found.artifactVersion())) {
				logger.warn("[{}] {} {} has known holes {}. Use Netty 4.2.18 or later", config.name(), part,
						found.artifactVersion(), use);
			}
		}
	}

	private static boolean isTooOld(String version) {
		Matcher numbers = VERSION.matcher(version);
		if (!numbers.matches()) {
			return false;
		}
		for (int part = 0; part < SOUND.length; part++) {
			int number = Integer.parseInt(numbers.group(part + 1));
			if (number != SOUND[part]) {
				return number < SOUND[part];
			}
		}
		return false;
	}

}
