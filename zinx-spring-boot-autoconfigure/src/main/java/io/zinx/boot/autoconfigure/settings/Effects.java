package io.zinx.boot.autoconfigure.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.zinx.admission.MaxConnPolicy;
import io.zinx.boot.autoconfigure.SessionProperties;
import io.zinx.boot.autoconfigure.ZinxProperties.Codec;
import io.zinx.codec.FrameCodec;
import io.zinx.codec.MagicPrefixCodec.OnMismatch;
import io.zinx.connection.LateRequests;
import io.zinx.dispatch.WorkerMode;
import io.zinx.heartbeat.HeartbeatMode;
import io.zinx.outbound.SlowConsumerPolicy;
import io.zinx.routing.Execution;
import io.zinx.server.Goodbye;
import io.zinx.session.DuplicateLogin;
import org.jspecify.annotations.Nullable;

/**
 * The conditions on which settings have an effect. Settings that are not in this table
 * always have one, or stop the start if they have none.
 */
final class Effects {

	private static final int VIRTUAL_THREADS = 21;

	private static final List<Effect> TABLE = table();

	private Effects() {
	}

	/**
	 * Find the condition that a setting lacks.
	 * @param setting the name of its property
	 * @param situation the choices
	 * @return the condition; {@code null} if the setting has an effect, or is switched
	 * off on purpose
	 */
	static @Nullable Effect missing(String setting, Situation situation) {
		for (Effect effect : TABLE) {
			if (effect.isMissing(setting, situation)) {
				return effect.isOnPurpose(situation) ? null : effect;
			}
		}
		return null;
	}

	/**
	 * The names of the settings and groups in the table.
	 */
	static List<String> settings() {
		return TABLE.stream().map(Effect::settings).toList();
	}

	private static List<Effect> table() {
		List<Effect> table = new ArrayList<>();
		codecs(table);
		threads(table);
		heartbeats(table);
		messages(table);
		addresses(table);
		links(table);
		others(table);
		return List.copyOf(table);
	}

	private static void codecs(List<Effect> table) {
		String bean = "the bean of type " + FrameCodec.class.getSimpleName() + " is used as it is";
		for (String settings : List.of("zinx.codec", "zinx.htlv-crc", "zinx.length-field", "zinx.delimiter",
				"zinx.fixed", "zinx.magic", "zinx.first-packet")) {
			table.add(new Effect(settings, (situation) -> !situation.codecBean(), bean, null));
		}
		table.add(codec("zinx.htlv-crc", Codec.HTLV_CRC));
		table.add(codec("zinx.length-field", Codec.LENGTH_FIELD));
		table.add(codec("zinx.delimiter", Codec.DELIMITER));
		table.add(codec("zinx.fixed", Codec.FIXED));
		Predicate<Situation> magic = (situation) -> situation.isTyped("zinx.magic.bytes");
		table.add(Effect.with("zinx.magic.on-mismatch", magic, "zinx.magic.bytes"));
		table.add(Effect.with("zinx.magic.max-skipped", magic, "zinx.magic.bytes"));
		table.add(Effect.with("zinx.magic.max-skipped",
				(situation) -> situation.properties().getMagic().getOnMismatch() == OnMismatch.RESYNC,
				"zinx.magic.on-mismatch=resync"));
		table.add(new Effect("zinx.receive.frame-timeout",
				(situation) -> situation.codecBean() || !situation.hasCodec(Codec.RAW),
				"zinx.codec=raw has no frames that could arrive in parts", null));
	}

	private static Effect codec(String settings, Codec codec) {
		return Effect.with(settings, (situation) -> situation.hasCodec(codec), "zinx.codec=" + codec);
	}

	private static void threads(List<Effect> table) {
		table.add(Effect.with("zinx.worker-pool-size", (situation) -> situation.uses(WorkerMode.HASH, Execution.WORKER),
				"zinx.worker-mode=hash, or routers with execution 'worker'"));
		table.add(Effect.with("zinx.bind-max-threads",
				(situation) -> situation.uses(WorkerMode.BIND, Execution.VIRTUAL_THREAD),
				"zinx.worker-mode=bind, or routers with execution 'virtual-thread', and a JDK before "
						+ VIRTUAL_THREADS));
		table.add(new Effect("zinx.bind-max-threads", (situation) -> Runtime.version().feature() < VIRTUAL_THREADS,
				"this JDK has virtual threads, whose number is not limited", null));
	}

	private static void heartbeats(List<Effect> table) {
		for (String setting : List.of("interval", "timeout", "msg-id", "text", "jitter")) {
			table.add(
					Effect
						.with("zinx.heartbeat." + setting, (situation) -> !situation.hasMode(HeartbeatMode.OFF),
								"zinx.heartbeat.mode")
						.unlessOff("zinx.heartbeat.mode"));
		}
		Predicate<Situation> send = (situation) -> situation.hasMode(HeartbeatMode.SEND);
		table.add(Effect.with("zinx.heartbeat.interval", send, "zinx.heartbeat.mode=send"));
		table.add(Effect.with("zinx.heartbeat.jitter", send, "zinx.heartbeat.mode=send"));
		table.add(Effect.with("zinx.heartbeat.text", send.or((situation) -> situation.hasMode(HeartbeatMode.REPLY)),
				"zinx.heartbeat.mode=send or reply"));
	}

	private static void messages(List<Effect> table) {
		String bean = "the bean of type " + Goodbye.class.getSimpleName() + " makes these messages";
		for (String group : List.of("zinx.session.kick", "zinx.session.replaced", "zinx.shutdown.goodbye")) {
			table.add(new Effect(group, (situation) -> !situation.goodbyeBean(), bean, null));
		}
		table.add(Effect.with("zinx.session.kick.text", Effects::isKickTextUsed, "zinx.session.kick.msg-id"));
		table.add(Effect.with("zinx.session.replaced",
				(situation) -> situation.properties().getSession().getDuplicateLogin() == DuplicateLogin.KICK_OLD,
				"zinx.session.duplicate-login=kick-old"));
		table.add(Effect.with("zinx.session.replaced.text", Effects::isReplacedTextUsed,
				"zinx.session.replaced.msg-id or zinx.session.kick.msg-id"));
		table.add(Effect.with("zinx.shutdown.goodbye.text",
				(situation) -> situation.properties().getShutdown().getGoodbye().getMsgId() != null,
				"zinx.shutdown.goodbye.msg-id"));
		table.add(Effect.with("zinx.shutdown.refusal.text",
				(situation) -> situation.config().drain().lateRequests() == LateRequests.REFUSE,
				"zinx.shutdown.late-requests=refuse"));
		table.add(Effect.with("zinx.max-conn-reject.text",
				(situation) -> situation.config().connections().maxConnPolicy() == MaxConnPolicy.REJECT_MESSAGE,
				"zinx.max-conn-policy=reject-message"));
	}

	private static boolean isKickTextUsed(Situation situation) {
		SessionProperties session = situation.properties().getSession();
		boolean stoodIn = session.getReplaced().getMsgId() != null && session.getReplaced().getText() == null;
		return session.getKick().getMsgId() != null || stoodIn;
	}

	private static boolean isReplacedTextUsed(Situation situation) {
		SessionProperties session = situation.properties().getSession();
		return session.getReplaced().getMsgId() != null || session.getKick().getMsgId() != null;
	}

	private static void addresses(List<Effect> table) {
		Predicate<Situation> port = (situation) -> situation.config().transport().hasPort()
				|| situation.config().transport().hasWebSocketPort() || situation.config().transport().inMemory();
		String needs = "zinx.port: a Unix domain socket has no ";
		table.add(Effect.with("zinx.host", port, needs + "host"));
		table.add(Effect.with("zinx.socket.receive-buffer", port, needs + "receive buffer"));
		table.add(Effect.with("zinx.ssl", port.or((situation) -> situation.link().tls() == null), needs + "TLS"));
		table.add(new Effect("zinx.unix-socket", (situation) -> !situation.config().transport().inMemory(),
				"the server is in memory and opens no sockets", null));
		table.add(Effect.with("zinx.unix-socket.file-mode",
				(situation) -> situation.config().transport().unixSocket() != null, "zinx.unix-socket.path"));
	}

	private static void links(List<Effect> table) {
		table.add(Effect.with("zinx.handshake",
				(situation) -> !situation.link().isPlain() || situation.authenticatorBean(),
				"zinx.ssl.bundle, zinx.proxy-protocol.mode, zinx.websocket.port, zinx.websocket.same-port or a bean of "
						+ "type ConnectionAuthenticator"));
		table.add(Effect.with("zinx.authentication", Situation::authenticatorBean,
				"a bean of type ConnectionAuthenticator"));
		table.add(new Effect("zinx.sniff-timeout", (situation) -> !situation.authenticatorBean(),
				"the bean of type ConnectionAuthenticator decides about each client, which has "
						+ "zinx.authentication.timeout for its first bytes",
				null));
		for (String setting : List.of("zinx.proxy-protocol.trusted", "zinx.proxy-protocol.timeout")) {
			table.add(Effect
				.with(setting, (situation) -> situation.link().readsProxyHeaders(), "zinx.proxy-protocol.mode")
				.unlessOff("zinx.proxy-protocol.mode"));
		}
		table.add(Effect.with("zinx.sniff-timeout", (situation) -> situation.link().mixesWithMessages(),
				"zinx.ssl.mode=optional, zinx.websocket.same-port=true, or zinx.proxy-protocol.mode=optional without TLS"));
		table.add(
				Effect
					.with("zinx.websocket", (situation) -> situation.link().webSocket() != null,
							"zinx.websocket.port or zinx.websocket.same-port=true")
					.unlessOff("zinx.websocket.same-port"));
		table.add(new Effect("zinx.websocket", (situation) -> !situation.config().transport().inMemory(),
				"the server is in memory and opens no sockets", null));
	}

	private static void others(List<Effect> table) {
		table.add(Effect.with("zinx.outbound.block-timeout",
				(situation) -> situation.config().outbound().policy() == SlowConsumerPolicy.BLOCK,
				"zinx.outbound.slow-consumer-policy=block"));
		table.add(
				Effect
					.with("zinx.max-conn-age-jitter", (situation) -> !situation.config().drain().maxConnAge().isZero(),
							"zinx.max-conn-age")
					.unlessOff("zinx.max-conn-age"));
		table.add(Effect.with("zinx.cluster", Situation::clustered, "zinx.cluster.enabled=true")
			.unlessOff("zinx.cluster.enabled"));
		table.add(Effect.with("management.endpoint.zinx.roles",
				(situation) -> situation.is("management.endpoint.zinx.show-values", "when-authorized"),
				"management.endpoint.zinx.show-values=when-authorized"));
	}

}
