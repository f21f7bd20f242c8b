package io.zinx.boot.autoconfigure;

import java.util.Locale;

import io.zinx.boot.handler.PayloadFormat;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Configuration properties of an application with a Zinx server: its own, and those of
 * the server.
 */
@ConfigurationProperties("zinx")
@SuppressWarnings("checkstyle:MissingJavadocMethod")
public class ZinxProperties extends ServerProperties {

	/**
	 * File zinx.json of a Go Zinx server to take settings from, as a path or a resource
	 * location. What is set elsewhere goes before it. If not set, the environment
	 * variable ZINX_CONFIG_FILE_PATH names the file.
	 */
	private @Nullable String configFile;

	/**
	 * How the payloads of handler methods are read and their results written, unless they
	 * are text or bytes anyway.
	 */
	private PayloadFormat payload = PayloadFormat.JSON;

	public @Nullable String getConfigFile() {
		return this.configFile;
	}

	public void setConfigFile(@Nullable String configFile) {
		this.configFile = configFile;
	}

	public PayloadFormat getPayload() {
		return this.payload;
	}

	public void setPayload(PayloadFormat payload) {
		this.payload = payload;
	}

	/**
	 * The kernel's side of connections.
	 */
	public static class Socket {

		/**
		 * Size of the kernel's receive buffer of each connection. Left to the kernel if
		 * not set.
		 */
		private @Nullable DataSize receiveBuffer;

		/**
		 * Size of the kernel's send buffer of each connection. Left to the kernel if not
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

		/** Length at any place of the frame, see the properties in length-field. */
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
