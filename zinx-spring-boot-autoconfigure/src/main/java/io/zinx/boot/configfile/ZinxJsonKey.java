package io.zinx.boot.configfile;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a {@code zinx.json} and the properties that they set.
 */
enum ZinxJsonKey {

	/** Name of the server. */
	NAME("Name", "zinx.name", null),

	/** Address to listen on. */
	HOST("Host", "zinx.host", null),

	/** Port to listen on. */
	TCP_PORT("TCPPort", "zinx.port", null),

	/** Maximum number of connections. */
	MAX_CONN("MaxConn", "zinx.max-conn", null),

	/** Maximum length of a body in bytes. Without effect in Zinx. */
	MAX_PACKET_SIZE("MaxPacketSize", "zinx.max-packet-size", null),

	/** Number of workers; 0 for one goroutine per message. */
	WORKER_POOL_SIZE("WorkerPoolSize", "zinx.worker-pool-size", null),

	/** Maximum number of messages that wait for one worker. */
	MAX_WORKER_TASK_LEN("MaxWorkerTaskLen", "zinx.max-worker-task-len", null),

	/** Empty, Hash, Bind or DynamicBind. */
	WORKER_MODE("WorkerMode", "zinx.worker-mode", null),

	/** Seconds without a received message after which a connection is considered dead. */
	HEARTBEAT_MAX("HeartbeatMax", "zinx.heartbeat.timeout", null),

	/** Maximum number of messages that wait to be written on one connection. */
	MAX_MSG_CHAN_LEN("MaxMsgChanLen", "zinx.outbound.max-bytes", null),

	/** TLS, together with the next one. */
	CERT_FILE("CertFile", null, Reasons.TLS),

	/** TLS, together with the one before. */
	PRIVATE_KEY_FILE("PrivateKeyFile", null, Reasons.TLS),

	/** Transports: tcp, websocket, kcp; TCP and WebSocket for any other value. */
	MODE("Mode", null, "a server has the transports that are configured"),

	/** Port of WebSocket. */
	WS_PORT("WsPort", null, Reasons.WEBSOCKET),

	/** Path of WebSocket. */
	WS_PATH("WsPath", null, Reasons.WEBSOCKET),

	/** Version of the application. */
	VERSION("Version", null, "the version is not shown anywhere"),

	/** Size of a read buffer in bytes. */
	IO_READ_BUFF_SIZE("IOReadBuffSize", null, "the server sizes its read buffers itself"),

	/** Routers that are lists of functions. */
	ROUTER_SLICES_MODE("RouterSlicesMode", null, "both kinds of routers work side by side"),

	/** Reuse of requests. */
	REQUEST_POOL_MODE("RequestPoolMode", null, "requests are never reused"),

	/** Directory of logs. */
	LOG_DIR("LogDir", null, Reasons.LOG),

	/** Name of the log. */
	LOG_FILE("LogFile", null, Reasons.LOG),

	/** Number of days that logs are kept. */
	LOG_SAVE_DAYS("LogSaveDays", null, Reasons.LOG),

	/** Maximum size of a log file. */
	LOG_FILE_SIZE("LogFileSize", null, Reasons.LOG),

	/** Logging to the console as well. */
	LOG_CONS("LogCons", null, Reasons.LOG),

	/** Levels that are not logged. */
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
	 * The spellings of all keys in Zinx.
	 */
	static List<String> spellings() {
		return Stream.of(values()).map(ZinxJsonKey::spelling).toList();
	}

	/**
	 * The spelling of the key in Zinx.
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
	 * The reason why the key sets no property.
	 * @return the reason, empty if it sets one
	 */
	String reason() {
		return (this.reason != null) ? this.reason : "";
	}

	private static String fold(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

	private static final class Reasons {

		static final String TLS = "TLS needs both files";

		static final String WEBSOCKET = "with Mode tcp there is no WebSocket";

		static final String LOG = "logs are configured by Spring Boot, 'logging.*'";

		static final String KCP = "this server does not support KCP";

	}

}
