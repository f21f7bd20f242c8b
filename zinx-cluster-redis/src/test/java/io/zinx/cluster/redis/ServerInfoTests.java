package io.zinx.cluster.redis;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The description that a Redis server gives of itself.
 */
class ServerInfoTests {

	@Test
	void theReplyToHelloIsRead() {
		ServerInfo info = ServerInfo.of(List.of("server", "redis", "version", "7.0.15", "proto", "3", "id", "9", "mode",
				"standalone", "role", "master", "modules"));
		assertThat(info).isEqualTo(new ServerInfo("7.0.15", "standalone", "master"));
		assertThat(info.check()).isSameAs(info);
	}

	@Test
	void aStrangeReplyIsAServerThatDoesNotTell() {
		assertThat(ServerInfo.of(List.of())).isEqualTo(ServerInfo.UNKNOWN);
		assertThat(ServerInfo.of(List.of("proto", "3", "version"))).isEqualTo(ServerInfo.UNKNOWN);
		assertThat(ServerInfo.UNKNOWN.check()).isSameAs(ServerInfo.UNKNOWN);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "2.8.4", "5.0.14" })
	void aServerBeforeVersionSixIsTooOld(String version) {
		assertThat(new ServerInfo(version, "", "").isTooOld()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "6.0.0", "7.2.4", "8.0.1", "10.0", "255.255.255" })
	void aServerFromVersionSixOnIsNot(String version) {
		assertThat(new ServerInfo(version, "", "").isTooOld()).isFalse();
	}

	@Test
	void aReplicaMayBecomeAMasterAndAClusterStaysOne() {
		assertThatExceptionOfType(UnsuitableServerException.class)
			.isThrownBy(() -> new ServerInfo("7", "standalone", "replica").check())
			.matches((ex) -> !ex.isLasting());
		assertThatExceptionOfType(UnsuitableServerException.class)
			.isThrownBy(() -> new ServerInfo("7", "cluster", "master").check())
			.matches(UnsuitableServerException::isLasting);
		assertThatExceptionOfType(UnsuitableServerException.class)
			.isThrownBy(() -> new ServerInfo("7", "sentinel", "sentinel").check())
			.matches(UnsuitableServerException::isLasting);
	}

}
