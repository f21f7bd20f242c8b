package io.zinx.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class UnixSocketFileTests {

	@TempDir
	Path directory;

	private Path path;

	private UnixSocketFile file;

	@BeforeEach
	void create() {
		this.path = this.directory.resolve("zinx.sock");
		this.file = new UnixSocketFile(UnixSocketSettings.of(this.path.toString(), "0620"));
	}

	private static ServerSocketChannel listen(Path path) throws IOException {
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path));
	}

	private void assertListens(ServerSocketChannel server) throws IOException {
		try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(this.path));
				SocketChannel accepted = server.accept()) {
			assertThat(client.isConnected()).isTrue();
			assertThat(accepted.isConnected()).isTrue();
		}
	}

	private void assertHolds(Path... files) throws IOException {
		try (Stream<Path> found = Files.list(this.directory)) {
			assertThat(found).containsExactlyInAnyOrder(files);
		}
	}

	@Test
	void aSocketCannotBeReachedUntilItHasItsPermissions() throws IOException {
		Path bound = this.file.begin();
		try (ServerSocketChannel server = listen(bound)) {
			assertThat(this.path).doesNotExist();
			Path own = Objects.requireNonNull(bound.getParent());
			assertThat(own.getParent()).isEqualTo(this.directory);
			assertThat(Files.getPosixFilePermissions(own)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
			this.file.publish();
			assertThat(Files.getPosixFilePermissions(this.path))
				.isEqualTo(PosixFilePermissions.fromString("rw--w----"));
			assertListens(server);
			assertHolds(this.path);
			this.file.remove();
			assertHolds();
		}
	}

	@Test
	void thePathToBindIsAsLongAsTheSettingsReckon() throws IOException {
		Path bound = this.file.begin();
		assertThat(bound.toString()).hasSize(this.directory.toString().length() + UnixSocketFile.PRIVATE_BYTES);
		this.file.discard();
		assertHolds();
	}

	@Test
	void aSocketOnWhichNobodyListensIsReplaced() throws IOException {
		listen(this.path).close();
		assertThat(this.path).exists();
		this.file.check();
		try (ServerSocketChannel server = listen(this.file.begin())) {
			this.file.publish();
			assertListens(server);
			assertHolds(this.path);
		}
	}

	@Test
	void aSocketOnWhichSomebodyListensStays() throws IOException {
		try (ServerSocketChannel other = listen(this.path)) {
			assertThatExceptionOfType(BindException.class).isThrownBy(this.file::check)
				.withMessage("another process listens there");
			assertThatExceptionOfType(BindException.class).isThrownBy(this.file::begin);
			assertListens(other);
			assertHolds(this.path);
		}
	}

	@Test
	void aSocketWithAFullQueueIsInUse() throws IOException {
		try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			other.bind(UnixDomainSocketAddress.of(this.path), 1);
			List<SocketChannel> waiting = new ArrayList<>();
			assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
				while (waiting.size() < 100) {
					waiting.add(waiting());
				}
			});
			assertThatExceptionOfType(BindException.class).isThrownBy(this.file::check)
				.withMessage("another process may listen there (Resource temporarily unavailable)");
			for (SocketChannel client : waiting) {
				client.close();
			}
		}
	}

	private SocketChannel waiting() throws IOException {
		SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
		try {
			client.configureBlocking(false);
			client.connect(UnixDomainSocketAddress.of(this.path));
			return client;
		}
		catch (IOException ex) {
			client.close();
			throw ex;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "file", "directory", "link", "link-to-a-socket" })
	void anythingElseStays(String kind) throws IOException {
		Path target = this.directory.resolve("target");
		switch (kind) {
			case "file" -> Files.writeString(this.path, "precious");
			case "directory" -> Files.createDirectory(this.path);
			case "link" -> Files.createSymbolicLink(this.path, target);
			default -> {
				listen(target).close();
				Files.createSymbolicLink(this.path, target);
			}
		}
		Object before = key();
		assertThatIOException().isThrownBy(this.file::check)
			.withMessage("something else than a socket is there, and was left alone");
		assertThatIOException().isThrownBy(this.file::begin);
		assertThat(key()).isEqualTo(before);
	}

	private Object key() throws IOException {
		return Files.getAttribute(this.path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
	}

	@Test
	void whatAppearsMeanwhileStays() throws IOException {
		try (ServerSocketChannel server = listen(this.file.begin())) {
			Files.writeString(this.path, "precious");
			assertThatIOException().isThrownBy(this.file::publish)
				.withMessage("something else than a socket is there, and was left alone");
			assertThat(this.path).hasContent("precious");
			assertHolds(this.path);
			this.file.remove();
			assertThat(this.path).exists();
			assertThat(server.isOpen()).isTrue();
		}
	}

	@Test
	void aServerThatListensMeanwhileStays() throws IOException {
		listen(this.path).close();
		try (ServerSocketChannel server = listen(this.file.begin())) {
			Files.delete(this.path);
			try (ServerSocketChannel faster = listen(this.path)) {
				assertThatExceptionOfType(BindException.class).isThrownBy(this.file::publish);
				assertListens(faster);
				assertHolds(this.path);
			}
			assertThat(server.isOpen()).isTrue();
		}
	}

	@Test
	void onlyOurOwnFileIsRemoved() throws IOException {
		try (ServerSocketChannel server = listen(this.file.begin())) {
			this.file.publish();
			Files.delete(this.path);
			try (ServerSocketChannel other = listen(this.path)) {
				this.file.remove();
				assertListens(other);
			}
			assertThat(server.isOpen()).isTrue();
		}
	}

	@Test
	void nothingHappensWithoutAFile() throws IOException {
		this.file.remove();
		this.file.discard();
		assertHolds();
	}

	@Test
	void namesTheDirectoryThatIsMissing() {
		UnixSocketFile nowhere = new UnixSocketFile(
				UnixSocketSettings.of(this.directory.resolve("none/zinx.sock").toString(), null));
		assertThatIOException().isThrownBy(nowhere::check)
			.withMessage("there is no directory " + this.directory.resolve("none"));
	}

}
