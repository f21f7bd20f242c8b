package io.zinx.link;

import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.zinx.metrics.HandshakeResult;
import org.jspecify.annotations.Nullable;

/**
 * The classification of failed TLS handshakes, by the type of the exception and, where
 * the JDK or OpenSSL use the same type, by its message.
 */
final class HandshakeFault {

	private HandshakeFault() {
	}

	/**
	 * Classify a failure.
	 * @param cause the exception of Netty
	 * @return the result
	 */
	static HandshakeResult resultOf(Throwable cause) {
		if (cause instanceof NotSslRecordException) {
			return HandshakeResult.PLAIN_TEXT;
		}
		if (cause instanceof SslHandshakeTimeoutException) {
			return HandshakeResult.TIMEOUT;
		}
		if (cause instanceof ClosedChannelException) {
			return HandshakeResult.ABORTED;
		}
		String message = String.valueOf(cause.getMessage());
		if (message.contains("fatal alert") || message.contains("_ALERT_")) {
			return HandshakeResult.REFUSED;
		}
		if (isOfCertificate(cause) || message.contains("client certificate")
				|| message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
			return HandshakeResult.CLIENT_CERTIFICATE;
		}
		return isOfNothingInCommon(message) ? HandshakeResult.NOTHING_IN_COMMON : HandshakeResult.FAILED;
	}

	private static boolean isOfNothingInCommon(String message) {
		boolean openSsl = message.contains("UNSUPPORTED_PROTOCOL") || message.contains("NO_SHARED_")
				|| message.contains("NO_COMMON_");
		return openSsl || message.contains("in common") || message.contains("No appropriate protocol")
				|| message.contains("is not enabled or supported") || message.contains("not accepted by server");
	}

	private static boolean isOfCertificate(Throwable cause) {
		for (@Nullable
		Throwable ex = cause; ex != null; ex = ex.getCause()) {
			if (ex instanceof CertificateException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The exception that tells what has happened: OpenSSL wraps those of certificates.
	 */
	private static Throwable told(Throwable cause) {
		Throwable reason = cause.getCause();
		return (reason != null && isOfCertificate(reason)) ? reason : cause;
	}

	/**
	 * Describe a failure in words.
	 * @param result the result
	 * @param cause the exception of Netty
	 * @return a sentence without a full stop
	 */
	static String describe(HandshakeResult result, Throwable cause) {
		String message = String.valueOf(told(cause).getMessage());
		return switch (result) {
			case PLAIN_TEXT -> "the client sent plain text to a TLS port";
			case TIMEOUT -> "it took too long (zinx.ssl.handshake-timeout), " + message;
			case NOTHING_IN_COMMON -> "client and server have no TLS protocol version or cipher in common, " + message;
			case CLIENT_CERTIFICATE ->
				"the client sent no certificate, or one that the server does not trust, " + message;
			case REFUSED ->
				"the client refused it, most likely because it does not trust the server's certificate, " + message;
			case SUCCESS, DISPLACED, ABORTED, RENEGOTIATION, FAILED -> message;
		};
	}

}
