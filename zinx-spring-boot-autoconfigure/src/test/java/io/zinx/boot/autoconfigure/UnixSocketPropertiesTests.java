package io.zinx.boot.autoconfigure;

import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import io.zinx.boot.endpoint.ConnectionDetailsDescriptor;
import io.zinx.boot.endpoint.ConnectionDetailsDescriptor.UnixClient;
import io.zinx.boot.endpoint.ZinxEndpoint;
import io.zinx.boot.endpoint.ZinxServerDescriptor;
import io.zinx.boot.health.ZinxServerHealthIndicator;
import io.zinx.boot.info.ZinxInfoContributor;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.boot.testing.ZinxApplication.EchoRouter;
import io.zinx.server.ZinxServer;
import io.zinx.testing.SocketClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class UnixSocketPropertiesTests {

	@TempDir
	Path directory;

	private Path path() {
		return this.directory.resolve("zinx.sock");
	}

	private String[] properties(String... more) {
		List<String> properties = new ArrayList<>(List.of(more));
		properties.add("zinx.host=127.0.0.1");
		properties.add("zinx.unix-socket.path=" + path());
		return properties.toArray(String[]::new);
	}

	@Test
	void aSocketBesideThePort() throws Exception {
		String[] properties = properties("zinx.unix-socket.file-mode=0660");
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, properties);
				SocketClient client = SocketClient.connect(path());
				SocketClient other = ZinxApplication.connect(context)) {
			assertThat(client.send(1, "unix").receive().text()).isEqualTo("unix");
			assertThat(other.send(1, "tcp").receive().text()).isEqualTo("tcp");
			assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void aSocketAloneIsShown() throws Exception {
		String[] properties = properties("zinx.port=-1", "management.endpoints.web.exposure.include=*",
				"management.endpoint.zinx.access=unrestricted");
		try (ConfigurableApplicationContext context = ZinxApplication.runWeb(List.of(Echo.class), properties);
				SocketClient client = SocketClient.connect(path())) {
			client.send(1, "x").receive();
			assertThat(context.getEnvironment().getProperty("local.zinx.server.port")).isNull();
			ZinxServer server = context.getBean(ZinxServer.class);
			assertThat(server.localAddress()).isEqualTo(UnixDomainSocketAddress.of(path()));
			ZinxEndpoint endpoint = context.getBean(ZinxEndpoint.class);
			ZinxServerDescriptor shown = endpoint.server(null, null, null, null, null, null, null);
			assertThat(shown.port()).isEqualTo(-1);
			assertThat(shown.unixSocket()).isEqualTo(path().toString());
			assertThat(shown.connections()).singleElement()
				.satisfies((connection) -> assertThat(connection.remoteAddress()).startsWith("unix:" + path()));
			ConnectionDetailsDescriptor details = (ConnectionDetailsDescriptor) endpoint.selected("1");
			assertThat(details).isNotNull();
			assertThat(details.localAddress()).isEqualTo(path().toString());
			UnixClient shownClient = details.unixClient();
			assertThat(shownClient).isNotNull();
			assertThat(shownClient.user()).isNotEmpty();
			assertThat(shownClient.group()).isNotEmpty();
			assertThat(shownClient.path()).isNull();
			assertThat(new ZinxServerHealthIndicator(server).health().getDetails()).containsEntry("port", -1)
				.containsEntry("unixSocket", path().toString());
			Info.Builder info = new Info.Builder();
			new ZinxInfoContributor(server).contribute(info);
			assertThat(info.build().get("zinx")).asString().contains("unixSocket=" + path());
			assertThat(endpoint.act("kick", null, null, shown.connections().get(0).remoteAddress(), null, null))
				.asString()
				.contains("1");
			client.awaitClose();
		}
	}

	@Test
	void anEmptyPathIsNoSocket() {
		try (ConfigurableApplicationContext context = ZinxApplication.run(Echo.class, "zinx.unix-socket.path=")) {
			assertThat(context.getBean(ZinxServer.class).config().transport().unixSocket()).isNull();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					zinx.port                  | -1   | or -1 with zinx.unix-socket.path or zinx.websocket.port |
					zinx.port                  | -2   | -1 to 65535                                        | zinx.unix-socket.path=/tmp/x
					zinx.unix-socket.file-mode | 432  | in quotes in YAML: '0660', or nine letters          | zinx.unix-socket.path=/tmp/x
					zinx.unix-socket.file-mode | 0000 | a mode with write permission                        | zinx.unix-socket.path=/tmp/x
					zinx.unix-socket.path      | /    | the path of a file                                  |
					""")
	void whatCannotBeStopsTheStart(String property, String value, String expected, String other,
			CapturedOutput output) {
		fails(property + "=" + value, (other != null) ? other : "zinx.name=game");
		assertThat(FailureAnalysis.last(output))
			.contains("Invalid value '" + value + "' for configuration property '" + property + "'", expected);
	}

	@Test
	void aPathThatIsTooLongStopsTheStart(CapturedOutput output) {
		String tooLong = "/tmp/" + "x".repeat(103);
		fails("zinx.unix-socket.path=" + tooLong);
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '" + tooLong + "' for configuration property 'zinx.unix-socket.path'",
				"at most 107 bytes");
	}

	@Test
	void aFileThatIsNoSocketStopsTheStart(CapturedOutput output) throws Exception {
		Files.writeString(path(), "precious");
		fails(properties());
		assertThat(FailureAnalysis.last(output)).contains(
				"cannot listen on the Unix domain socket " + path()
						+ ": something else than a socket is there, and was left alone.",
				"Set zinx.unix-socket.path to a path where nothing is");
		assertThat(path()).hasContent("precious");
	}

	@Test
	void aSocketInUseStopsTheStart(CapturedOutput output) {
		try (ConfigurableApplicationContext first = ZinxApplication.run(Echo.class, properties())) {
			fails(properties());
			assertThat(FailureAnalysis.last(output)).contains(path() + ": another process listens there.",
					"Stop the process that listens there");
			assertThat(first.isRunning()).isTrue();
		}
	}

	private static void fails(String... properties) {
		assertThatException().isThrownBy(() -> ZinxApplication.run(Echo.class, properties).close());
	}

	@ZinxRouter(msgId = 1)
	static class Echo extends EchoRouter {

	}

}
