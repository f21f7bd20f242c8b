package io.zinx.boot.autoconfigure.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import io.zinx.boot.context.ClusterStartException;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.redis.RedisBackplaneSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.StringUtils;

/**
 * Settings of a backplane from the application's connection to Redis. The number of the
 * database is not among them: channels do not belong to one, and choosing it would need
 * another permission.
 */
final class RedisConnection {

	private static final Logger logger = LoggerFactory.getLogger(RedisConnection.class);

	private static final String KINDS = "The backplane of the cluster supports a standalone Redis and Redis with "
			+ "Sentinel";

	private final DataRedisConnectionDetails details;

	private final @Nullable DataRedisProperties properties;

	/**
	 * Create an instance.
	 * @param details address and credentials
	 * @param properties what the details do not contain: TLS by the URL, client name,
	 * timeout
	 */
	RedisConnection(DataRedisConnectionDetails details, @Nullable DataRedisProperties properties) {
		this.details = details;
		this.properties = properties;
	}

	/**
	 * Refuse beans by which an application tells Spring Boot about its Redis, because
	 * they are not among the connection details.
	 * @param names the names of the beans
	 */
	static void refuseBeans(String... names) {
		if (names.length > 0) {
			throw new ClusterStartException(
					"The bean '" + names[0]
							+ "' describes a connection to Redis, which the cluster cannot use: it uses "
							+ "spring.data.redis.*.",
					"Set spring.data.redis.* instead of the bean, or define a bean of type DataRedisConnectionDetails, "
							+ "or for the cluster one of type io.zinx.cluster.redis.RedisBackplane.");
		}
	}

	RedisBackplaneSettings settings(ClusterSettings cluster) {
		RedisURI uri = uri();
		logger.info("Cluster {}, node {}: messages to other nodes go through {}", cluster.name(), cluster.nodeId(),
				describe(uri));
		RedisBackplaneSettings settings = RedisBackplaneSettings.of(uri)
			.withClientName(clientName(cluster))
			.withSslOptions(sslOptions())
			.withMaxUnanswered(cluster.maxPending())
			.withProbeTopic("zinx:" + encoded(cluster.name()) + ":probe");
		if (cluster.publishTimeout().compareTo(settings.commandTimeout()) > 0) {
			settings = settings.withCommandTimeout(cluster.publishTimeout());
		}
		Duration connectTimeout = (this.properties != null) ? this.properties.getConnectTimeout() : null;
		return (connectTimeout != null) ? settings.withConnectTimeout(connectTimeout) : settings;
	}

	private String clientName(ClusterSettings cluster) {
		String name = (this.properties != null) ? this.properties.getClientName() : null;
		return (StringUtils.hasText(name) ? name : "zinx-" + cluster.name()) + "-" + cluster.nodeId();
	}

	/**
	 * Encode the name of a cluster as in the names of its topics.
	 */
	private static String encoded(String name) {
		return name.replace("%", "%25").replace(":", "%3A");
	}

	/**
	 * Choose the kind of Redis in the order in which Spring Boot does.
	 */
	private RedisURI uri() {
		Sentinel sentinel = this.details.getSentinel();
		if (sentinel != null) {
			return secured(ofSentinel(sentinel));
		}
		if (this.details.getCluster() != null) {
			throw unsupported("a Redis Cluster (spring.data.redis.cluster.nodes)");
		}
		if (this.details.getMasterReplica() != null) {
			throw unsupported("a master with static replicas (spring.data.redis.masterreplica.nodes)");
		}
		Standalone standalone = this.details.getStandalone();
		if (standalone == null) {
			throw unsupported("neither a standalone Redis nor Sentinel");
		}
		return secured(RedisURI.create(standalone.getHost(), standalone.getPort()));
	}

	private static ClusterStartException unsupported(String kind) {
		return new ClusterStartException(KINDS + ", but the connection details of the application are of " + kind + ".",
				"Set spring.data.redis.host and port, or spring.data.redis.sentinel.*, or define a bean of type "
						+ "io.zinx.cluster.redis.RedisBackplane for the cluster alone.");
	}

	private static RedisURI ofSentinel(Sentinel sentinel) {
		RedisURI.Builder builder = RedisURI.builder().withSentinelMasterId(sentinel.getMaster());
		for (DataRedisConnectionDetails.Node node : sentinel.getNodes()) {
			RedisURI uri = RedisURI.create(node.host(), node.port());
			authenticate(uri, sentinel.getUsername(), sentinel.getPassword());
			builder.withSentinel(uri);
		}
		return builder.build();
	}

	private RedisURI secured(RedisURI uri) {
		authenticate(uri, this.details.getUsername(), this.details.getPassword());
		if (this.details.getSslBundle() != null || isUrlSecured()) {
			uri.setSsl(true);
			uri.getSentinels().forEach((sentinel) -> sentinel.setSsl(true));
		}
		return uri;
	}

	private static void authenticate(RedisURI uri, @Nullable String username, @Nullable String password) {
		if (password != null && !password.isEmpty()) {
			uri.setCredentialsProvider(new StaticCredentialsProvider(StringUtils.hasText(username) ? username : null,
					password.toCharArray()));
		}
	}

	private boolean isUrlSecured() {
		String url = (this.properties != null) ? this.properties.getUrl() : null;
		return url != null && url.toLowerCase(Locale.ROOT).startsWith("rediss:");
	}

	private io.lettuce.core.@Nullable SslOptions sslOptions() {
		SslBundle bundle = this.details.getSslBundle();
		if (bundle == null) {
			return null;
		}
		io.lettuce.core.SslOptions.Builder builder = io.lettuce.core.SslOptions.builder()
			.keyManager(bundle.getManagers().getKeyManagerFactory())
			.trustManager(bundle.getManagers().getTrustManagerFactory());
		SslOptions options = bundle.getOptions();
		String[] ciphers = options.getCiphers();
		if (ciphers != null) {
			builder.cipherSuites(ciphers);
		}
		String[] protocols = options.getEnabledProtocols();
		if (protocols != null) {
			builder.protocols(protocols);
		}
		return builder.build();
	}

	/**
	 * Name the Redis, without credentials.
	 */
	private static String describe(RedisURI uri) {
		List<String> sentinels = uri.getSentinels()
			.stream()
			.map((node) -> node.getHost() + ":" + node.getPort())
			.toList();
		String where = sentinels.isEmpty() ? "Redis at " + uri.getHost() + ":" + uri.getPort() : "the master '"
				+ uri.getSentinelMasterId() + "' of Redis, with Sentinels at " + String.join(", ", sentinels);
		return where + (uri.isSsl() ? ", with TLS" : "");
	}

}
