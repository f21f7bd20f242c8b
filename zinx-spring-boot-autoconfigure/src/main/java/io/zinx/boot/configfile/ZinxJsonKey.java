package io.zinx.boot.configfile;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@code zinx.json}, and what becomes of each.
 */
enum ZinxJsonKey {

	/** Name of the server. */
	NAME("Name", "zinx.name", null),

	/** Where to listen. */
	HOST("Host", "zinx.host", null),

	/** Port to listen on. */
	TCP_PORT("TCPPort", "zinx.port", null),

	/** Most connections. */
	MAX_CONN("MaxConn", "zinx.max-conn", null),

	/** Longest body in bytes. Had no effect in the original. */
	MAX_PACKET_SIZE("MaxPacketSize", "zinx.max-packet-size", null),

	/** Workers; 0 for a goroutine a message. */
	WORKER_POOL_SIZE("WorkerPoolSize", "zinx.worker-pool-size", null),

	/** Messages that wait for one worker. */
	MAX_WORKER_TASK_LEN("MaxWorkerTaskLen", "zinx.max-worker-task-len", null),

	/** Empty, Hash, Bind or DynamicBind. */
	WORKER_MODE("WorkerMode", "zinx.worker-mode", null),

	/** Seconds of silence after which a connection counts as dead. */
	HEARTBEAT_MAX("HeartbeatMax", "zinx.heartbeat.timeout", null),

	/** Messages that wait to be written on one connection. */
	MAX_MSG_CHAN_LEN("MaxMsgChanLen", "zinx.outbound.max-bytes", null),

	/** TLS, together with the next one. */
	CERT_FILE("CertFile", null, Reasons.TLS),

	/** TLS, together with the one before. */
	PRIVATE_KEY_FILE("PrivateKeyFile", null, Reasons.TLS),

	/** Transports: tcp, websocket, kcp; TCP and WebSocket if it is anything else. */
	MODE("Mode", null, "this server supports TCP"),

	/** Port of WebSocket. */
	WS_PORT("WsPort", null, Reasons.WEBSOCKET),

	/** Path of WebSocket. */
	WS_PATH("WsPath", null, Reasons.WEBSOCKET),

	/** Version of the application. */
	VERSION("Version", null, "the version is not shown anywhere"),

	/** Bytes of a read buffer. */
	IO_READ_BUFF_SIZE("IOReadBuffSize", null, "the server sizes its read buffers itself"),

	/** Whether routers are lists of functions. */
	ROUTER_SLICES_MODE("RouterSlicesMode", null, "both kinds of routers work side by side"),

	/** Whether requests are used again. */
	REQUEST_POOL_MODE("RequestPoolMode", null, "requests are never reused"),

	/** Where logs go. */
	LOG_DIR("LogDir", null, Reasons.LOG),

	/** Name of the log. */
	LOG_FILE("LogFile", null, Reasons.LOG),

	/** How long logs are kept. */
	LOG_SAVE_DAYS("LogSaveDays", null, Reasons.LOG),

	/** How large a log becomes. */
	LOG_FILE_SIZE("LogFileSize", null, Reasons.LOG),

	/** Whether to log to the console too. */
	LOG_CONS("LogCons", null, Reasons.LOG),

	/** Which levels are left out. */
	LOG_ISOLATION_LEVEL("LogIsolationLevel", null, Reasons.LOG),

	/** Port of KCP. */
	KCP_PORT("KcpPort", null, Reasons.KCP),

	/** KCP. */
	KCP_ACK_NO_DELAY("KcpACKNoDelay", null, Reasons.KCP),

	/** KCP. */
	KCP_STREAM_MODE("KcpStreamMode", null, Reasons.KCP),

	/** KCP. */
	KCP_NO_DELAY("KcpNoDelay", null, Reasons.KCP),

	/** KCP. */
	KCP_INTERVAL("KcpInterval", null, Reasons.KCP),

	/** KCP. */
	KCP_RESEND("KcpResend", null, Reasons.KCP),

	/** KCP. */
	KCP_NC("KcpNc", null, Reasons.KCP),

	/** KCP. */
	KCP_SEND_WINDOW("KcpSendWindow", null, Reasons.KCP),

	/** KCP. */
	KCP_RECV_WINDOW("KcpRecvWindow", null, Reasons.KCP),

	/** KCP. */
	KCP_FEC_DATA_SHARDS("KcpFecDataShards", null, Reasons.KCP),

	/** KCP. */
	KCP_FEC_PARITY_SHARDS("KcpFecParityShards", null, Reasons.KCP);

	private static final Map<String, ZinxJsonKey> BY_NAME = Stream.of(values())
		.collect(Collectors.toUnmodifiableMap((key) -> fold(key.spelling), Function.identity()));

	private final String spelling;

	private final @Nullable String property;

	private final @Nullable String reason;

	ZinxJsonKey(String spelling, @Nullable String property, @Nullable String reason) {
		this.spelling = spelling;
		this.property = property;
		this.reason = reason;
	}

	/**
	 * Find a key.
	 * @param name its name in any case
	 * @return the key, or {@code null} if there is none of that name
	 */
	static @Nullable ZinxJsonKey find(String name) {
		return BY_NAME.get(fold(name));
	}

	/**
	 * How the original spells the key.
	 * @return the spelling
	 */
	String spelling() {
		return this.spelling;
	}

	/**
	 * The property that the key sets.
	 * @return its name, or {@code null} if there is none
	 */
	@Nullable String property() {
		return this.property;
	}

	/**
	 * Why no property belongs to the key.
	 * @return the reason, empty if one does
	 */
	String reason() {
		return (this.reason != null) ? this.reason : "";
	}

	private static String fold(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private static final class Reasons {

		static final String TLS = "TLS needs both files";

		static final String WEBSOCKET = "this server does not support WebSocket yet";

		static final String LOG = "logs are configured by Spring Boot, 'logging.*'";

		static final String KCP = "this server does not support KCP";

	}

}
