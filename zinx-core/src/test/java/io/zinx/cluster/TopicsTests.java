package io.zinx.cluster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TopicsTests {

	private final Topics topics = new Topics("my:cluster%", "server:1");

	@Test
	void namesOfClusterAndServerAreEncodedAndTheRestIsNot() {
		assertThat(this.topics.nodes()).isEqualTo("zinx:my%3Acluster%25:nodes");
		assertThat(this.topics.all()).isEqualTo("zinx:my%3Acluster%25:server%3A1:all");
		assertThat(this.topics.of(PushTarget.key("a:b%"))).isEqualTo("zinx:my%3Acluster%25:server%3A1:k:a:b%");
		assertThat(this.topics.of(PushTarget.group("a"))).isEqualTo("zinx:my%3Acluster%25:server%3A1:g:a");
		assertThat(this.topics.of(PushTarget.all())).isEqualTo(this.topics.all());
	}

	@Test
	void topicsOfDifferentClustersAndServersAreNeverTheSame() {
		assertThat(new Topics("a", "b:k").all()).isNotEqualTo(new Topics("a:b", "k").all());
		assertThat(new Topics("a", "b").key("x")).isNotEqualTo(new Topics("a", "b:k").key("x"));
		assertThat(new Topics("a%3A", "b").all()).isNotEqualTo(new Topics("a:", "b").all());
	}

	@Test
	void theTargetOfATopicIsFoundAgain() {
		for (PushTarget target : new PushTarget[] { PushTarget.key("k:x"), PushTarget.group(""), PushTarget.all() }) {
			PushTarget found = this.topics.target(this.topics.of(target));
			assertThat(found).isNotNull();
			assertThat(found.kind()).isEqualTo(target.kind());
			assertThat(found.name()).isEqualTo(target.name());
		}
		assertThat(this.topics.target(this.topics.nodes())).isNull();
		assertThat(this.topics.target(new Topics("other", "server:1").key("x"))).isNull();
		assertThat(this.topics.target("")).isNull();
	}

	@Test
	void aNameMayHaveAsManyBytesAsFramesCanHold() {
		assertThat(Topics.isPossible("x".repeat(65_535))).isTrue();
		assertThat(Topics.isPossible("x".repeat(65_536))).isFalse();
		assertThat(Topics.isPossible("\u20ac".repeat(21_845))).isTrue();
		assertThat(Topics.isPossible("\u20ac".repeat(21_846))).isFalse();
	}

}
