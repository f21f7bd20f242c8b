package io.zinx.boot.autoconfigure.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.context.ClusterStartException;
import io.zinx.cluster.Backplane;
import io.zinx.cluster.ClusterSettings;
import io.zinx.cluster.InProcessBackplane;
import io.zinx.cluster.redis.RedisBackplane;
import io.zinx.cluster.redis.RedisBackplaneSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The connection of the cluster is that of {@code spring.data.redis.*}.
 */
class RedisConnectionTests {

	private final ApplicationContextRunner redis = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.redis
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxClusterAutoConfiguration.class,
				ZinxRedisBackplaneAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.cluster.enabled=true", "zinx.cluster.name=a:b%",
				"zinx.cluster.node-id=one");

	@Test
	void standaloneWithoutAnythingSet() {
		settings((settings) -> {
			RedisURI uri = settings.uri();
			assertThat(uri.getHost()).isEqualTo("localhost");
			assertThat(uri.getPort()).isEqualTo(6379);
			assertThat(uri.isSsl()).isFalse();
			assertThat(credentials(uri).hasPassword()).isFalse();
			assertThat(settings.sslOptions()).isNull();
			assertThat(settings.clientName()).isEqualTo("zinx-a:b%-one");
			assertThat(settings.probeTopic()).isEqualTo("zinx:a%3Ab%25:probe");
			assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMillis(500));
		});
	}

	@Test
	void standaloneWithEverythingSet() {
		settings((settings) -> {
			RedisURI uri = settings.uri();
			assertThat(uri.getHost()).isEqualTo("redis.example");
			assertThat(uri.getPort()).isEqualTo(6380);
			assertThat(uri.getDatabase()).as("channels do not belong to one").isZero();
			assertThat(credentials(uri).getUsername()).isEqualTo("ann");
			assertThat(credentials(uri).getPassword()).containsExactly("secret".toCharArray());
			assertThat(settings.clientName()).isEqualTo("shop-one");
			assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
		}, "spring.data.redis.host=redis.example", "spring.data.redis.port=6380", "spring.data.redis.database=3",
				"spring.data.redis.username=ann", "spring.data.redis.password=secret",
				"spring.data.redis.client-name=shop", "spring.data.redis.connect-timeout=3s");
	}

	@Test
	void standaloneByUrl() {
		settings((settings) -> {
			RedisURI uri = settings.uri();
			assertThat(uri.getHost()).isEqualTo("redis.example");
			assertThat(uri.getPort()).isEqualTo(6381);
			assertThat(uri.isSsl()).isTrue();
			assertThat(credentials(uri).getUsername()).isEqualTo("ann");
			assertThat(credentials(uri).getPassword()).containsExactly("secret".toCharArray());
		}, "spring.data.redis.url=rediss://ann:secret@redis.example:6381");
	}

	@Test
	void passwordWithoutAUser() {
		settings((settings) -> {
			assertThat(credentials(settings.uri()).hasUsername()).isFalse();
			assertThat(credentials(settings.uri()).getPassword()).containsExactly("secret".toCharArray());
		}, "spring.data.redis.password=secret");
	}

	@Test
	void tls() {
		settings((settings) -> {
			assertThat(settings.uri().isSsl()).isTrue();
			assertThat(settings.uri().isVerifyPeer()).isTrue();
			assertThat(settings.sslOptions()).isNotNull();
		}, "spring.data.redis.ssl.enabled=true");
	}

	@Test
	void sentinelsWithCredentialsOfTheirOwn() {
		settings((settings) -> {
			RedisURI uri = settings.uri();
			assertThat(uri.getSentinelMasterId()).isEqualTo("game");
			assertThat(uri.getSentinels()).extracting(RedisURI::getHost).containsExactly("s1", "s2");
			assertThat(uri.getSentinels()).extracting(RedisURI::getPort).containsExactly(26379, 26380);
			assertThat(uri.getSentinels()).allMatch(RedisURI::isSsl);
			assertThat(credentials(uri).getPassword()).containsExactly("secret".toCharArray());
			assertThat(credentials(uri.getSentinels().get(0)).getUsername()).isEqualTo("watcher");
			assertThat(credentials(uri.getSentinels().get(1)).getPassword()).containsExactly("other".toCharArray());
		}, "spring.data.redis.sentinel.master=game", "spring.data.redis.sentinel.nodes=s1:26379,s2:26380",
				"spring.data.redis.sentinel.username=watcher", "spring.data.redis.sentinel.password=other",
				"spring.data.redis.password=secret", "spring.data.redis.ssl.enabled=true");
	}

	@Test
	void aLongerPublishTimeoutIsThatOfCommands() {
		settings((settings) -> assertThat(settings.commandTimeout()).isEqualTo(Duration.ofSeconds(2)),
				"zinx.cluster.publish-timeout=2s");
		settings((settings) -> assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMillis(500)),
				"zinx.cluster.publish-timeout=50ms");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "spring.data.redis.cluster.nodes=a:1,b:2", "spring.data.redis.masterreplica.nodes=a:1,b:2" })
	void otherKindsStopTheStart(String property) {
		this.runner.withPropertyValues(property)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ClusterStartException.class)
				.hasMessageContaining(property.substring(0, property.indexOf('=')))
				.hasMessageContaining("supports a standalone Redis and Redis with Sentinel"));
	}

	@Test
	void aBeanThatDescribesTheConnectionIsNotIgnored() {
		this.runner.withBean("myRedis", RedisStandaloneConfiguration.class, RedisStandaloneConfiguration::new)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ClusterStartException.class)
				.hasMessageContaining("The bean 'myRedis' describes a connection to Redis"));
	}

	@Test
	void theUsersBackplaneWins() {
		this.runner.withBean("mine", Backplane.class, InProcessBackplane::new)
			.run((context) -> assertThat(context).hasSingleBean(Backplane.class)
				.doesNotHaveBean(RedisBackplane.class)
				.hasNotFailed());
	}

	@Test
	void thereIsNoneWithoutAClusterOrTheModule() {
		this.runner.withPropertyValues("zinx.cluster.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(Backplane.class));
		this.runner.withClassLoader(new FilteredClassLoader(RedisBackplane.class))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(ClusterStartException.class)
				.hasMessageContaining("zinx-spring-boot-starter-cluster-redis"));
	}

	private void settings(Consumer<RedisBackplaneSettings> check, String... properties) {
		ContextConsumer<AssertableApplicationContext> consumer = (context) -> {
			ClusterSettings cluster = new ClusterSettings("a:b%", "one", Duration.ofSeconds(3), Duration.ofSeconds(10),
					Binder.get(context.getEnvironment())
						.bind("zinx.cluster.publish-timeout", Duration.class)
						.orElse(Duration.ofMillis(500)),
					8 << 20, 16 << 20);
			RedisConnection connection = new RedisConnection(context.getBean(DataRedisConnectionDetails.class),
					context.getBean(DataRedisProperties.class));
			check.accept(connection.settings(cluster));
		};
		this.redis.withPropertyValues(properties).run(consumer);
	}

	private static RedisCredentials credentials(RedisURI uri) {
		RedisCredentials credentials = uri.getCredentialsProvider().resolveCredentials().block();
		assertThat(credentials).isNotNull();
		return Objects.requireNonNull(credentials);
	}

}
