package io.zinx.boot.test.client;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import javax.net.ssl.SSLException;

import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.zinx.admission.MaxConnPolicy;
import io.zinx.boot.test.client.Admissions.Admission;
import io.zinx.codec.FrameCodec;
import io.zinx.server.ZinxServer;
import org.jspecify.annotations.Nullable;

/**
 * Connects test clients to the application's server: on its port, or in memory. A bean of
 * every application that is tested; all clients it has made are closed after each test.
 * Any thread may use it, but tests that share an application must not run at the same
 * time.
 */
public final class ZinxTestClients implements AutoCloseable {

	private final ZinxServer server;

	private final Admissions admissions;

	private final PayloadConversion conversion;

	private final Set<ZinxTestClient> open = ConcurrentHashMap.newKeySet();

	private @Nullable EventLoopGroup loop;

	/**
	 * Connect to a server.
	 * @param server the server, which may be started later
	 * @param admissions one of its listeners
	 * @param conversion writes and reads values
	 */
	public ZinxTestClients(ZinxServer server, Admissions admissions, PayloadConversion conversion) {
		this.server = server;
		this.admissions = admissions;
		this.conversion = conversion;
	}

	/**
	 * Connect a client. Returns when the server has admitted it and {@code onStart} of
	 * all its listeners has returned, or when it has rejected it.
	 * @return the client; closed after the test
	 * @throws AssertionError if the server is not started, or has a Unix domain socket
	 * alone
	 */
	public ZinxTestClient connect() {
		return connect(this.server.config().codec());
	}

	/**
	 * Connect a client, as {@link #connect()}, that speaks another wire format than the
	 * server: because it is wrong, or because the two sides differ, as they do behind a
	 * raw first packet.
	 * @param codec the format
	 * @return the client; closed after the test
	 * @throws AssertionError if the server is not started
	 */
	public ZinxTestClient connect(FrameCodec codec) {
		return connect(codec, this.server.config().transport().isEncrypted() ? trustful() : null);
	}

	/**
	 * Connect a client to a server that speaks TLS, as {@link #connect()}. The clients of
	 * other methods trust any certificate of the server and present none.
	 * @param tls the trust and the certificate of the client
	 * @return the client; closed after the test
	 * @throws AssertionError if the server is not started
	 */
	public ZinxTestClient connect(SslContext tls) {
		return connect(this.server.config().codec(), tls);
	}

	private static SslContext trustful() {
		try {
			return SslContextBuilder.forClient().trustManager(InsecureTrustManagerFactory.INSTANCE).build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("Cannot connect with TLS", ex);
		}
	}

	private ZinxTestClient connect(FrameCodec codec, @Nullable SslContext tls) {
		SocketAddress address = this.server.localAddress();
		if (address == null) {
			throw new AssertionError("Cannot connect: the server is not started");
		}
		if (address instanceof UnixDomainSocketAddress) {
			throw new AssertionError("Cannot connect: test clients need a port, and the server listens on the Unix "
					+ "domain socket " + address + " alone");
		}
		boolean mayWaitOutside = isWaitingRoomOpen();
		Inbound inbound = new Inbound();
		AtomicReference<@Nullable SocketAddress> own = new AtomicReference<>();
		ClientChannel channel = ClientChannel.connect(loop(address), address, inbound, tls, (bound) -> {
			own.set(bound);
			this.admissions.expect(bound);
		});
		SocketAddress bound = Objects.requireNonNull(own.get());
		Admission admission = this.admissions.expect(bound);
		AtomicReference<@Nullable ZinxTestClient> made = new AtomicReference<>();
		ZinxTestClient client = new ZinxTestClient(new Link(channel, inbound, admission, () -> {
			this.admissions.forget(bound);
			this.open.remove(made.get());
		}), new Framing(codec), this.conversion);
		made.set(client);
		this.open.add(client);
		if (!mayWaitOutside) {
			awaitAdmission(admission, inbound);
		}
		return client;
	}

	/**
	 * Connect several clients, one after the other.
	 * @param count the number of clients
	 * @return the clients; closed after the test
	 * @throws AssertionError if the server is not started
	 */
	public List<ZinxTestClient> connect(int count) {
		return IntStream.range(0, count).mapToObj((i) -> connect()).toList();
	}

	private synchronized EventLoopGroup loop(SocketAddress server) {
		EventLoopGroup current = this.loop;
		if (current == null) {
			current = ClientChannel.newLoop(server);
			this.loop = current;
		}
		return current;
	}

	/**
	 * Tell whether the server is full and lets clients wait, which are then neither
	 * admitted nor rejected. A client that connects may itself be the one that fills the
	 * server.
	 */
	private boolean isWaitingRoomOpen() {
		return this.server.config().connections().maxConnPolicy() == MaxConnPolicy.WAIT
				&& this.server.connManager().size() >= this.server.connManager().maxConn();
	}

	private void awaitAdmission(Admission admission, Inbound inbound) {
		try {
			CompletableFuture.anyOf(admission.started(), inbound.ended())
				.get(ZinxTestClient.DEFAULT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			if (isWaitingRoomOpen() && !admission.connection().isDone()) {
				return;
			}
			throw new AssertionError("The server has accepted the connection, but not admitted it within "
					+ ZinxTestClient.DEFAULT_TIMEOUT.toSeconds() + " s: does a listener block in onStart?", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError("Interrupted while connecting", ex);
		}
	}

	/**
	 * Close all clients that are open.
	 * @return whether there were any
	 */
	public boolean closeAll() {
		List<ZinxTestClient> all = List.copyOf(this.open);
		all.forEach(ZinxTestClient::close);
		return !all.isEmpty();
	}

	@Override
	public synchronized void close() {
		closeAll();
		EventLoopGroup current = this.loop;
		if (current != null) {
			Link.end(current);
		}
	}

}
