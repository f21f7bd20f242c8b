package io.zinx.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#12 file with a self-signed certificate and its key, which all servers of a run
 * use and the client trusts. TLS 1.3 of the JDK on both sides.
 *
 * @param file the file
 */
record TlsKeyStore(Path file) {

	static final String PROTOCOL = "TLSv1.3";

	static final String TYPE = "PKCS12";

	static final String PASSWORD = "benchmark";

	/** The system property of a server with the path of its file. */
	private static final String PROPERTY = "zinx.bench.tls";

	/**
	 * Make a certificate with an elliptic-curve key, in a folder of its own that is
	 * deleted when this process ends.
	 * @throws IOException if {@code keytool} of this JDK fails
	 */
	static TlsKeyStore create() throws IOException, InterruptedException {
		Path folder = Files.createTempDirectory("zinx-bench");
		folder.toFile().deleteOnExit();
		Path file = folder.resolve("server.p12");
		file.toFile().deleteOnExit();
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost", "-storetype", TYPE,
				"-keystore", file.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IOException("keytool has failed: " + output);
		}
		return new TlsKeyStore(file);
	}

	/**
	 * The file that this server was given.
	 * @return {@code null} if it was given none and has no TLS
	 */
	static @Nullable TlsKeyStore given() {
		String file = System.getProperty(PROPERTY);
		return (file != null) ? new TlsKeyStore(Path.of(file)) : null;
	}

	/**
	 * The argument of a server's JVM that gives it this file.
	 */
	String jvmArgument() {
		return "-D" + PROPERTY + "=" + this.file;
	}

	/**
	 * The context of a server.
	 */
	SslContext serverContext() {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(load(), PASSWORD.toCharArray());
			return SslContextBuilder.forServer(keys).sslProvider(SslProvider.JDK).protocols(PROTOCOL).build();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The context of a client, which trusts this certificate only.
	 */
	SSLContext clientContext() {
		try {
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted());
			SSLContext context = SSLContext.getInstance(PROTOCOL);
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private KeyStore trusted() throws GeneralSecurityException, IOException {
		KeyStore trusted = KeyStore.getInstance(TYPE);
		trusted.load(null, null);
		trusted.setCertificateEntry("server", load().getCertificate("server"));
		return trusted;
	}

	private KeyStore load() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance(TYPE);
		try (InputStream in = Files.newInputStream(this.file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

}
