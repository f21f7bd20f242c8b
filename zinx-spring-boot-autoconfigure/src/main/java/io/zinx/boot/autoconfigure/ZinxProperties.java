package io.zinx.boot.autoconfigure;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of an application with a Zinx server: of the application
 * itself, and of its server.
 */
@ConfigurationProperties("zinx")
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ZinxProperties extends ServerProperties {

	/**
	 * Location of the zinx.json file of a Go Zinx server to import, as a path or a
	 * resource location. Properties set elsewhere take precedence. Defaults to the
	 * environment variable ZINX_CONFIG_FILE_PATH.
	 */
	private @Nullable String configFile;

	/**
	 * Start the server with the application. Otherwise code starts it, by the start
	 * method of the ZinxServerLifecycle bean. In a cluster, the application is a node in
	 * any case.
	 */
	private boolean autoStartup = true;

	/**
	 * Phase in which the server starts and stops. Lower phases start earlier and stop
	 * later. Defaults to that of web servers.
	 */
	private int phase = 2147481599;

	/**
	 * Format of the payloads and results of handler methods, unless these are text or
	 * bytes.
	 */
	private PayloadFormat payload = PayloadFormat.JSON;

	/**
	 * Charset of the payloads and results of handler methods that are text, for example
	 * GBK. JSON is UTF-8 in any case.
	 */
	private Charset payloadCharset = StandardCharsets.UTF_8;

	public @Nullable String getConfigFile() {
		return this.configFile;
	}

	public void setConfigFile(@Nullable String configFile) {
		this.configFile = configFile;
	}

	public boolean isAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public int getPhase() {
		return this.phase;
	}

	public void setPhase(int phase) {
		this.phase = phase;
	}

	public PayloadFormat getPayload() {
		return this.payload;
	}

	public void setPayload(PayloadFormat payload) {
		this.payload = payload;
	}

	public Charset getPayloadCharset() {
		return this.payloadCharset;
	}

	public void setPayloadCharset(Charset payloadCharset) {
		this.payloadCharset = payloadCharset;
	}

	/**
	 * Properties of sockets.
	 */
	public static class Socket {

		/**
		 * Size of the kernel's receive buffer for each connection. The kernel decides if
		 * not set.
		 */
		private @Nullable DataSize receiveBuffer;

		/**
		 * Size of the kernel's send buffer for each connection. The kernel decides if not
		 * set.
		 */
		private @Nullable DataSize sendBuffer;

		public @Nullable DataSize getReceiveBuffer() {
			return this.receiveBuffer;
		}

		public void setReceiveBuffer(@Nullable DataSize receiveBuffer) {
			this.receiveBuffer = receiveBuffer;
		}

		public @Nullable DataSize getSendBuffer() {
			return this.sendBuffer;
		}

		public void setSendBuffer(@Nullable DataSize sendBuffer) {
			this.sendBuffer = sendBuffer;
		}

	}

	/**
	 * Wire formats.
	 */
	public enum Codec {

		/** Type, length, value in big-endian order: the default of Zinx. */
		TLV,

		/** Length, type, value in little-endian order: the old format of Zinx. */
		LTV,

		/** Head, function, length, value, check sum: the format of Zinx for devices. */
		HTLV_CRC,

		/**
		 * Frames with a length field at any position, see the properties in length-field.
		 */
		LENGTH_FIELD,

		/**
		 * Lines, or frames that end with other bytes, see the properties in delimiter.
		 */
		DELIMITER,

		/** Frames of one length, see the properties in fixed. */
		FIXED,

		/** No frames: each read is a message. */
		RAW;

		@Override
		public String toString() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
