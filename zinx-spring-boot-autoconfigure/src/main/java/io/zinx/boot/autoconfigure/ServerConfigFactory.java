package io.zinx.boot.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.zinx.InvalidSettingException;
import io.zinx.admission.ConnectionSettings;
import io.zinx.codec.FrameCodec;
import io.zinx.dispatch.WorkerMode;
import io.zinx.heartbeat.HeartbeatSettings;
import io.zinx.heartbeat.IdleSettings;
import io.zinx.link.TlsSettings;
import io.zinx.message.Message;
import io.zinx.server.DrainSettings;
import io.zinx.server.ServerConfig;
import io.zinx.server.ServerConfigBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Creates the server's configuration from properties and customizers.
 */
final class ServerConfigFactory {

	private final ServerProperties properties;

	private final ConfigurableEnvironment environment;

	private final @Nullable SslBundles sslBundles;

	ServerConfigFactory(ServerProperties properties, ConfigurableEnvironment environment,
			@Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.environment = environment;
		this.sslBundles = sslBundles;
	}

	ServerConfig create(@Nullable FrameCodec codec, Stream<ZinxHeartbeatCustomizer> heartbeatCustomizers,
			Stream<ZinxServerCustomizer> customizers) {
		ServerConfigBuilder builder = ServerConfig.builder();
		HeartbeatSettings.Builder heartbeat = HeartbeatSettings.builder(this.properties.getHeartbeat().getMode());
		asProperties(() -> {
			builder.tls(tls())
				.proxyProtocol(this.properties.getProxyProtocol().toSettings())
				.webSocket(this.properties.getWebsocket().toSettings());
			applyProperties(builder);
			applyHeartbeat(heartbeat, this.properties.getHeartbeat());
			heartbeat.build();
			builder.codec(new CodecFactory(this.properties).create()).build();
		});
		heartbeatCustomizers.forEach((customizer) -> customizer.customize(heartbeat));
		builder.heartbeat(heartbeat.build());
		asProperties(builder::build);
		if (codec != null) {
			asProperties(() -> new CodecFactory(this.properties).requireUnwrapped(codec));
			builder.codec(codec);
		}
		customizers.forEach((customizer) -> customizer.customize(builder));
		return builder.build();
	}

	private void applyProperties(ServerConfigBuilder builder) {
		PropertyMapper map = PropertyMapper.get();
		map.from(this::name).whenHasText().to(builder::name);
		map.from(this.properties::getHost).whenHasText().to(builder::host);
		map.from(this.properties::getPort).to(builder::port);
		builder.unixSocket(this.properties.getUnixSocket().toSettings());
		map.from(this.properties::getBacklog).to(builder::backlog);
		map.from(this.properties::getEventLoops).to(builder::eventLoops);
		map.from(this.properties::isNativeTransport).to(builder::nativeTransport);
		map.from(this.properties::getMaxConn).to(builder::maxConn);
		map.from(this.properties::getSniffTimeout).to(builder::sniffTimeout);
		builder.authentication(this.properties.getAuthentication().toSettings());
		builder.maxPendingHandshakes(this.properties.getHandshake().getMaxPending());
		map.from(this.properties::getMaxPacketSize).as(DataSize::toBytes).to(builder::maxPacketSize);
		builder.workerMode(workerMode());
		map.from(this.properties::getWorkerPoolSize).to(builder::workerPoolSize);
		map.from(this.properties::getMaxWorkerTaskLen).to(builder::maxWorkerTaskLen);
		map.from(this.properties::getBindMaxThreads).to(builder::bindMaxThreads);
		map.from(this.properties::getAsyncTimeout).to(builder::asyncTimeout);
		builder.socketBuffers(bytes("socket.receive-buffer", this.properties.getSocket().getReceiveBuffer()),
				bytes("socket.send-buffer", this.properties.getSocket().getSendBuffer()));
		InboundProperties inbound = this.properties.getInbound();
		builder.inboundMaxBytes(size("inbound.max-bytes", inbound.getMaxBytes()))
			.inboundTotalMaxBytes(size("inbound.total-max-bytes", inbound.getTotalMaxBytes()));
		applyOutbound(builder, this.properties.getOutbound());
		IdleProperties idle = this.properties.getIdle();
		builder.idle(new IdleSettings(idle.getReadTimeout(), idle.getWriteTimeout(), idle.getAllTimeout()));
		builder.receive(this.properties.getReceive().toTimeouts());
		builder.handlerTiming(this.properties.getMetrics().getTiming());
		applyShutdown(builder, this.properties.getShutdown());
		builder.connections(connections());
	}

	private @Nullable TlsSettings tls() {
		SslProperties ssl = this.properties.getSsl();
		if (!ssl.isDecided()) {
			SslWithoutBundle.refuse(this.environment);
		}
		return ssl.toSettings(this.sslBundles);
	}

	private ConnectionSettings connections() {
		MaxConnRejectProperties reject = this.properties.getMaxConnReject();
		SessionProperties session = this.properties.getSession();
		SessionProperties.Kick kick = session.getKick();
		SessionProperties.Replaced replaced = session.getReplaced();
		Long replacedId = (replaced.getMsgId() != null) ? replaced.getMsgId() : kick.getMsgId();
		String replacedText = (replaced.getText() != null) ? replaced.getText() : kick.getText();
		return new ConnectionSettings(session.getDuplicateLogin(), this.properties.getMaxConnPolicy(),
				message("max-conn-reject", reject.getMsgId(), reject.getText()))
			.withLastMessages(message("session.kick", kick.getMsgId(), kick.getText()),
					message("session.replaced", replacedId, replacedText));
	}

	private void applyShutdown(ServerConfigBuilder builder, ShutdownProperties shutdown) {
		builder.gracePeriod(shutdown.getGracePeriod());
		ShutdownProperties.Goodbye goodbye = shutdown.getGoodbye();
		builder.goodbye(message("shutdown.goodbye", goodbye.getMsgId(), goodbye.getText()));
		ShutdownProperties.Refusal refusal = shutdown.getRefusal();
		builder.drain(DrainSettings.DEFAULTS.withCloseWindow(shutdown.getCloseWindow())
			.withQuietPeriod(shutdown.getQuietPeriod())
			.withLateRequests(shutdown.getLateRequests(),
					message("shutdown.refusal", refusal.getMsgId(), refusal.getText()))
			.withMaxConnAge(this.properties.getMaxConnAge(), this.properties.getMaxConnAgeJitter()));
	}

	/**
	 * The name of the server, which that of the application stands in for.
	 * @return {@code null} if neither is set
	 */
	private @Nullable String name() {
		String name = this.properties.getName();
		return StringUtils.hasText(name) ? name : this.environment.getProperty("spring.application.name");
	}

	private WorkerMode workerMode() {
		WorkerMode mode = this.properties.getWorkerMode();
		if (mode != null) {
			return mode;
		}
		return Threading.VIRTUAL.isActive(this.environment) ? WorkerMode.BIND : WorkerMode.HASH;
	}

	private static void applyOutbound(ServerConfigBuilder builder, OutboundProperties outbound) {
		PropertyMapper map = PropertyMapper.get();
		map.from(outbound::getMaxBytes).as(DataSize::toBytes).to(builder::outboundMaxBytes);
		map.from(outbound::getTotalMaxBytes).as(DataSize::toBytes).to(builder::outboundTotalMaxBytes);
		builder.waterMarks(bytes("outbound.low-water-mark", outbound.getLowWaterMark()),
				bytes("outbound.high-water-mark", outbound.getHighWaterMark()));
		map.from(outbound::getSlowConsumerPolicy).to(builder::slowConsumerPolicy);
		map.from(outbound::getBlockTimeout).to(builder::blockTimeout);
		map.from(outbound::getFlushTimeout).to(builder::flushTimeout);
	}

	private static int bytes(String name, @Nullable DataSize size) {
		return (size == null) ? 0
				: (int) InvalidSettingException.requireBytes(name, size.toBytes(), 0, Integer.MAX_VALUE);
	}

	/**
	 * Return a size in bytes, or 0 if it is not set. A size that is set must not be 0;
	 * its other limits are checked by the builder.
	 */
	private static long size(String name, @Nullable DataSize size) {
		return (size == null) ? 0 : InvalidSettingException.requireBytes(name, size.toBytes(), 1, Long.MAX_VALUE);
	}

	private static @Nullable Message message(String name, @Nullable Long msgId, String text) {
		if (msgId == null) {
			return null;
		}
		if (!Message.isMsgId(msgId)) {
			throw new InvalidSettingException(name + ".msg-id", msgId, "0 to " + Message.MAX_MSG_ID);
		}
		return new Message(msgId, text.getBytes(StandardCharsets.UTF_8));
	}

	private static void applyHeartbeat(HeartbeatSettings.Builder builder, HeartbeatProperties heartbeat) {
		builder.interval(heartbeat.getInterval())
			.timeout(heartbeat.getTimeout())
			.msgId(heartbeat.getMsgId())
			.jitter(heartbeat.getJitter());
		PropertyMapper.get().from(heartbeat::getText).to(builder::text);
	}

	/**
	 * Run a check of the properties before code may change their values, so that an
	 * invalid value is attributed to its property.
	 */
	private void asProperties(Runnable check) {
		try {
			check.run();
		}
		catch (InvalidSettingException ex) {
			throw new TypedProperties(this.environment).attribute(ex);
		}
	}

}
