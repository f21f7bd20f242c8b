package io.zinx.transport;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket. A socket is reachable from the moment it is bound,
 * with permissions that its process cannot choose; therefore:
 * <ol>
 * <li>it is bound in a private directory beside its place, which only the user of the
 * server may enter;
 * <li>its file gets its permissions;
 * <li>a hard link makes it appear at its place, which fails if anything is there;
 * <li>the private directory is deleted.
 * </ol>
 * A socket at the place on which nobody listens is replaced, anything else is left alone.
 * All methods block for the time of file operations; one thread at a time.
 */
final class UnixSocketFile {

	/** The length of the path in the private directory, from that beside it. */
	static final int PRIVATE_BYTES = 9;

	private static final String BOUND = "s";

	private static final String REPLACED = "r";

	private static final int NAMES = 36 * 36 * 36 * 36 * 36;

	private static final int MOST_TRIES = 100;

	private static final int TYPE = 0170000;

	private static final int SOCKET = 0140000;

	private final UnixSocketSettings settings;

	/** The private directory, from {@link #begin} to {@link #publish}. */
	private @Nullable Path directory;

	/** The identity of our file; {@code null} while there is none. */
	private volatile @Nullable Object key;

	UnixSocketFile(UnixSocketSettings settings) {
		this.settings = settings;
	}

	Path path() {
		return this.settings.path();
	}

	/**
	 * Check that the place is free, or can be made free.
	 * @throws IOException if it cannot; the message is a reason for the operator
	 */
	void check() throws IOException {
		try {
			keyOfStale();
		}
		catch (NoSuchFileException ex) {
			requireDirectory();
		}
	}

	private void requireDirectory() throws IOException {
		Path parent = parent();
		if (!Files.isDirectory(parent)) {
			throw new IOException("there is no directory " + parent);
		}
	}

	private Path parent() {
		return Objects.requireNonNull(path().getParent());
	}

	/**
	 * The identity of the socket at the place, on which nobody listens.
	 * @throws NoSuchFileException if nothing is there
	 * @throws IOException if something else is there
	 */
	private Object keyOfStale() throws IOException {
		Object key = key(path());
		int mode = (Integer) Files.getAttribute(path(), "unix:mode", LinkOption.NOFOLLOW_LINKS);
		if ((mode & TYPE) != SOCKET) {
			throw new IOException("something else than a socket is there, and was left alone");
		}
		requireNobodyListens();
		return key;
	}

	/**
	 * Try to connect. Only if the kernel refuses that, nobody listens.
	 */
	private void requireNobodyListens() throws IOException {
		try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			// With a full queue a blocking connect would wait.
			client.configureBlocking(false);
			client.connect(UnixDomainSocketAddress.of(path()));
		}
		catch (ConnectException ex) {
			return;
		}
		catch (SocketException ex) {
			key(path());
			throw new BindException("another process may listen there (" + ex.getMessage() + ")");
		}
		throw inUse();
	}

	private static BindException inUse() {
		return new BindException("another process listens there");
	}

	private static Object key(Path file) throws IOException {
		Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey();
		if (key == null) {
			throw new IOException("the file system does not tell files apart");
		}
		return key;
	}

	/**
	 * Create the private directory.
	 * @return the path to bind to
	 * @throws IOException if it cannot be created
	 */
	Path begin() throws IOException {
		check();
		Path created = createDirectory();
		this.directory = created;
		return created.resolve(BOUND);
	}

	private Path createDirectory() throws IOException {
		for (int tries = 1;; tries++) {
			String name = Integer.toString(NAMES + ThreadLocalRandom.current().nextInt(NAMES), 36).substring(1);
			try {
				return Files.createDirectory(parent().resolve("." + name),
						PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
			}
			catch (FileAlreadyExistsException ex) {
				if (tries == MOST_TRIES) {
					throw ex;
				}
			}
		}
	}

	/**
	 * Make the bound socket appear at its place, with its permissions.
	 * @throws IOException if something is there, or appears at the same time; the private
	 * directory is deleted all the same
	 */
	void publish() throws IOException {
		try {
			Path own = Objects.requireNonNull(this.directory).resolve(BOUND);
			Files.setPosixFilePermissions(own, this.settings.fileMode());
			Object ownKey = key(own);
			link(own);
			this.key = ownKey;
		}
		finally {
			discard();
		}
	}

	private void link(Path own) throws IOException {
		try {
			Files.createLink(path(), own);
		}
		catch (FileAlreadyExistsException ex) {
			removeStale(own.resolveSibling(REPLACED));
			linkAgain(own);
		}
	}

	private void linkAgain(Path own) throws IOException {
		try {
			Files.createLink(path(), own);
		}
		catch (FileAlreadyExistsException ex) {
			throw inUse();
		}
	}

	/**
	 * Remove the stale socket, by way of the private directory: another server may have
	 * replaced it since it was asked, whose socket is put back then.
	 */
	private void removeStale(Path aside) throws IOException {
		try {
			Object stale = keyOfStale();
			Files.move(path(), aside, StandardCopyOption.ATOMIC_MOVE);
			if (!key(aside).equals(stale)) {
				Files.createLink(path(), aside);
				throw inUse();
			}
		}
		catch (NoSuchFileException ex) {
			// Somebody else has removed it.
		}
	}

	/**
	 * Delete the private directory, if there is one.
	 */
	void discard() {
		Path own = this.directory;
		this.directory = null;
		if (own != null) {
			delete(own.resolve(BOUND));
			delete(own.resolve(REPLACED));
			delete(own);
		}
	}

	/**
	 * Remove our file, unless somebody has put another in its place. Before the socket is
	 * closed: until then no other file can get its identity.
	 */
	void remove() {
		Object own = this.key;
		this.key = null;
		try {
			if (own != null && own.equals(key(path()))) {
				Files.delete(path());
			}
		}
		catch (IOException ex) {
			// It has gone, or the directory is no longer ours.
		}
	}

	private static void delete(Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			// The directory is empty but for what another program has put there.
		}
	}

}
