package io.zinx.server;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.netty.util.Version;
import io.zinx.link.ProxyProtocolMode;
import io.zinx.link.ProxyProtocolSettings;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LibraryNotesTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path directory;

	private static ServerConfigBuilder reading(ProxyProtocolMode mode) {
		return ServerConfig.builder()
			.name("edge")
			.proxyProtocol(new ProxyProtocolSettings(mode, ProxyProtocolSettings.DEFAULT_TRUSTED,
					ProxyProtocolSettings.DEFAULT_TIMEOUT));
	}

	/**
	 * Find the version that a jar of Netty says it has.
	 */
	private Map<String, Version> libraries(String version) throws IOException {
		Path metadata = Files.createDirectories(this.directory.resolve("META-INF"));
		Files.writeString(metadata.resolve("io.netty.versions.properties"), Stream
			.of("version=" + version, "buildDate=2026-01-01 00:00:00 +0000", "commitDate=2026-01-01 00:00:00 +0000",
					"shortCommitHash=1", "longCommitHash=1", "repoStatus=clean")
			.map((line) -> "netty-codec-haproxy." + line + "\n")
			.reduce("", String::concat));
		try (URLClassLoader loader = new URLClassLoader(new URL[] { this.directory.toUri().toURL() },
				ClassLoader.getPlatformClassLoader())) {
			return Version.identify(loader);
		}
	}

	private List<String> notes(String version) throws IOException {
		try (CapturedLog log = new CapturedLog(LibraryNotes.class)) {
			LibraryNotes.log(reading(ProxyProtocolMode.OPTIONAL).build(), libraries(version));
			return List.copyOf(log.lines());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.2.17.Final", "4.2.9.Final", "4.1.130.Final", "3.10.0" })
	void anOldOneGetsAWarning(String version) throws IOException {
		assertThat(notes(version)).singleElement()
			.asString()
			.contains("[edge]", "netty-codec-haproxy " + version, "zinx.proxy-protocol.mode=optional",
					"4.2.18 or later");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.2.18.Final", "4.2.19.Final", "4.10.0.Final", "5.0.0", "unknown" })
	void aLaterOneGetsNone(String version) throws IOException {
		assertThat(notes(version)).isEmpty();
	}

	@Test
	void theVersionOnTheClassPathIsFoundWhenAServerStarts() throws IOException {
		try (CapturedLog log = new CapturedLog(LibraryNotes.class)) {
			for (ProxyProtocolMode mode : ProxyProtocolMode.values()) {
				TestServer.start(reading(mode)).close();
			}
			assertThat(log.lines()).isEmpty();
		}
		Map<String, Version> found = Version.identify(LibraryNotes.class.getClassLoader());
		assertThat(found).containsKeys("netty-codec-haproxy", "netty-handler");
	}

}
