package io.zinx.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DeferredReleaseTests {

	private final KeyRegistry<Member> keys = new KeyRegistry<>();

	private final GroupRegistry<Member> groups = new GroupRegistry<>();

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 256, 257, 5000 })
	void eachNameIsTakenOutOnceAndTheCallerIsHeldUpForTheFirstOnesOnly(int count) {
		Map<String, Thread> freed = new ConcurrentHashMap<>();
		DeferredRelease.all(names(count), (name) -> assertThat(freed.put(name, Thread.currentThread())).isNull());
		Awaitility.await().until(() -> freed.size() == count);
		assertThat(freed.values().stream().filter((thread) -> thread == Thread.currentThread()))
			.hasSize(Math.min(count, 256));
	}

	@Test
	void keysAreFreeAndGroupsAreLeftAtOnceHoweverManyThereAre() {
		Member old = new Member(this.keys, this.groups);
		Member young = new Member(this.keys, this.groups);
		Set<String> names = names(20_000);
		names.forEach((name) -> this.keys.bind(old, name, DuplicateLogin.REJECT_NEW));
		names.forEach((name) -> this.groups.join(old, name));
		old.end();
		assertThat(names).allMatch((name) -> this.keys.all(name).isEmpty());
		assertThat(names).allMatch((name) -> this.keys.bind(young, name, DuplicateLogin.REJECT_NEW).isBound());
		Awaitility.await().until(() -> this.groups.names().isEmpty());
		assertThat(old.keys()).isEqualTo(names);
		assertThat(this.keys.size()).isEqualTo(20_000);
		young.end();
		Awaitility.await().until(() -> this.keys.size() == 0);
	}

	private static Set<String> names(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "name " + i).collect(Collectors.toSet());
	}

}
