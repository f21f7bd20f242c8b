package io.zinx.session;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The names and properties of one member, which threads write at the same time, most of
 * all the first ones.
 */
class RegistrableTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 500;

	private final KeyRegistry<Member> keys = new KeyRegistry<>();

	private final GroupRegistry<Member> groups = new GroupRegistry<>();

	private final Race race = new Race(THREADS);

	@AfterEach
	void endThreads() {
		this.race.close();
	}

	@Test
	void namesThatComeAtOnceAreAllNotedAndAllGivenBack() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Member member = member();
			this.race.run((thread) -> {
				if (thread % 2 == 0) {
					this.keys.bind(member, "key " + thread, DuplicateLogin.KICK_OLD);
				}
				else {
					this.groups.join(member, "group " + thread);
				}
			});
			assertThat(member.keys()).containsExactlyInAnyOrder("key 0", "key 2");
			assertThat(member.groups()).containsExactlyInAnyOrder("group 1", "group 3");
			member.end();
			assertThat(this.keys.size()).isZero();
			assertThat(this.groups.names()).isEmpty();
		}
	}

	@Test
	void theFirstPropertiesSurviveEachOther() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Member member = member();
			this.race.run((thread) -> member.setProperty("name " + thread, thread));
			assertThat(member.propertyNames()).containsExactlyInAnyOrder("name 0", "name 1", "name 2", "name 3");
			for (int thread = 0; thread < THREADS; thread++) {
				assertThat(member.property("name " + thread)).isEqualTo(thread);
			}
		}
	}

	/**
	 * The values that were found there, and the one that is left, are those that were
	 * set: each once.
	 */
	@Test
	void whoReplacesAPropertyIsToldExactlyWhatWasThere() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Member member = member();
			Set<Object> seen = ConcurrentHashMap.newKeySet();
			this.race.run((thread) -> {
				Object before = member.setProperty("name", thread);
				assertThat(seen.add((before != null) ? before : "nothing")).as("seen once").isTrue();
			});
			seen.add(member.removeProperty("name"));
			assertThat(seen).containsExactlyInAnyOrder("nothing", 0, 1, 2, 3);
			assertThat(member.removeProperty("name")).isNull();
		}
	}

	@Test
	void aMemberThatHasNothingSaysSo() {
		Member member = member();
		assertThat(member.keys()).isEmpty();
		assertThat(member.groups()).isEmpty();
		assertThat(member.propertyNames()).isEmpty();
		assertThat(member.property("name")).isNull();
		assertThat(member.removeProperty("name")).isNull();
		assertThat(this.keys.unbind(member, "key")).isFalse();
		assertThat(this.groups.leave(member, "group")).isFalse();
		member.end();
		assertThat(this.keys.bind(member, "key", DuplicateLogin.ALLOW)).isEqualTo(BindResult.CLOSED);
	}

	@Test
	void whatItTellsOfItsNamesStaysAsItWas() {
		Member member = member();
		member.setProperty("first", 1);
		this.keys.bind(member, "first", DuplicateLogin.ALLOW);
		this.groups.join(member, "first");
		Set<String> properties = member.propertyNames();
		Set<String> keys = member.keys();
		Set<String> groups = member.groups();
		member.setProperty("second", 2);
		this.keys.bind(member, "second", DuplicateLogin.ALLOW);
		this.groups.join(member, "second");
		for (Set<String> snapshot : List.of(properties, keys, groups)) {
			assertThat(snapshot).containsExactly("first");
			assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> snapshot.add("third"));
		}
	}

	@Test
	void propertiesOutliveTheEnd() {
		Member member = member();
		member.setProperty("name", "ann");
		member.end();
		assertThat(member.property("name")).isEqualTo("ann");
		assertThat(member.setProperty("name", "bob")).isEqualTo("ann");
	}

	/**
	 * Whichever of the three comes last, no name is left in a registry, and the member
	 * knows exactly those that it had when it ended.
	 */
	@Test
	void aMemberThatEndsWhileItEntersLeavesNothingBehind() throws Exception {
		for (int round = 0; round < ROUNDS; round++) {
			Member member = member();
			BindResult[] bound = new BindResult[1];
			boolean[] joined = new boolean[1];
			this.race.run((thread) -> {
				switch (thread) {
					case 0 -> bound[0] = this.keys.bind(member, "ann", DuplicateLogin.KICK_OLD);
					case 1 -> joined[0] = this.groups.join(member, "lobby");
					case 2 -> member.end();
					default -> assertThat(this.groups.members("lobby")).isSubsetOf(member);
				}
			});
			assertThat(this.keys.size()).isZero();
			assertThat(this.groups.names()).isEmpty();
			assertThat(member.keys().contains("ann")).isEqualTo(bound[0] == BindResult.BOUND);
			assertThat(member.groups().contains("lobby")).isEqualTo(joined[0]);
		}
	}

	private Member member() {
		return new Member(this.keys, this.groups);
	}

}
