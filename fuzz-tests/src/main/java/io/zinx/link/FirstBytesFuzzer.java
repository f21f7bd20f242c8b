package io.zinx.link;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The target that Jazzer calls: the first bytes of a client decide what is between its
 * socket and its messages. The first byte chooses the settings, the second how the stream
 * is split, the third what happens before; the rest is what the client sends. However it
 * is split, the same messages are passed on, and they are the stream without a header.
 */
public final class FirstBytesFuzzer {

	/** The number of bytes before the stream. */
	static final int HEAD = 3;

	private static final int LONGEST = 4096;

	private static final SslContext TLS = serverContext();

	/** All combinations that read first bytes. */
	static final List<LinkSettings> SETTINGS = List.of(settings(ProxyProtocolMode.OPTIONAL, null),
			settings(ProxyProtocolMode.REQUIRED, null), settings(ProxyProtocolMode.OFF, TlsMode.OPTIONAL),
			settings(ProxyProtocolMode.OPTIONAL, TlsMode.OPTIONAL),
			settings(ProxyProtocolMode.REQUIRED, TlsMode.OPTIONAL),
			settings(ProxyProtocolMode.OPTIONAL, TlsMode.REQUIRED),
			settings(ProxyProtocolMode.REQUIRED, TlsMode.REQUIRED));

	private FirstBytesFuzzer() {
	}

	private static SslContext serverContext() {
		try {
			return SslContextBuilder
				.forServer(new CertificateBuilder().ecp256()
					.subject("CN=localhost")
					.setIsCertificateAuthority(true)
					.buildSelfSigned()
					.toKeyManagerFactory())
				.sslProvider(SslProvider.JDK)
				.build();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static LinkSettings settings(ProxyProtocolMode proxy, @Nullable TlsMode mode) {
		ProxyProtocolSettings settings = new ProxyProtocolSettings(proxy, ProxyProtocolSettings.DEFAULT_TRUSTED,
				Duration.ofSeconds(5));
		return LinkSettings.DEFAULTS.withTls((mode != null) ? TlsSettings.of(TLS).withMode(mode) : null)
			.withProxyProtocol(settings);
	}

	/**
	 * Try one input.
	 * @param input any bytes
	 */
	public static void fuzzerTestOneInput(byte[] input) {
		if (input.length <= HEAD || input.length > LONGEST) {
			return;
		}
		LinkSettings settings = SETTINGS.get((input[0] & 0xFF) % SETTINGS.size());
		byte[] stream = Arrays.copyOfRange(input, HEAD, input.length);
		boolean late = (input[2] & 1) != 0;
		FirstBytesOutcome whole = FirstBytesOutcome.of(settings, stream, stream.length, late);
		FirstBytesOutcome split = FirstBytesOutcome.of(settings, stream, 1 + (input[1] & 0x3F), late);
		whole.requireSame(split);
		whole.requireStreamWithoutHeader(stream);
	}

}
