package io.zinx.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The listener for keys and groups that get their first member or lose their last one.
 */
class MembershipTests {

	private final KeyRegistry<Member> keys = new KeyRegistry<>();

	private final GroupRegistry<Member> groups = new GroupRegistry<>();

	private final MemberNames names = new MemberNames(this.keys, this.groups);

	private final List<String> told = Collections.synchronizedList(new ArrayList<>());

	private final Member ann = new Member(this.keys, this.groups);

	private final Member bob = new Member(this.keys, this.groups);

	@BeforeEach
	void listen() {
		this.names.listen(new MembershipListener() {

			@Override
			public void keyChanged(String key) {
				MembershipTests.this.told.add(key + (MembershipTests.this.names.hasKey(key) ? " there" : " gone"));
			}

			@Override
			public void groupChanged(String group) {
				MembershipTests.this.told
					.add("group " + group + (MembershipTests.this.names.hasGroup(group) ? " there" : " gone"));
			}

		});
	}

	@Test
	void theFirstAndTheLastHolderOfAKeyAreToldAfterTheChange() {
		this.keys.bind(this.ann, "k", DuplicateLogin.ALLOW);
		this.keys.bind(this.ann, "k", DuplicateLogin.ALLOW);
		this.keys.bind(this.bob, "k", DuplicateLogin.ALLOW);
		this.keys.unbind(this.ann, "k");
		assertThat(this.told).containsExactly("k there");
		this.keys.unbind(this.bob, "k");
		assertThat(this.told).containsExactly("k there", "k gone");
		this.keys.bind(this.bob, "k", DuplicateLogin.REJECT_NEW);
		this.keys.bind(this.ann, "k", DuplicateLogin.REJECT_NEW);
		this.keys.bind(this.ann, "k", DuplicateLogin.KICK_OLD);
		this.ann.end();
		assertThat(this.told).containsExactly("k there", "k gone", "k there", "k gone");
	}

	@Test
	void theFirstAndTheLastMemberOfAGroupAreToldAfterTheChange() {
		this.groups.join(this.ann, "g");
		this.groups.join(this.bob, "g");
		this.groups.leave(this.ann, "g");
		assertThat(this.told).containsExactly("group g there");
		this.bob.end();
		assertThat(this.told).containsExactly("group g there", "group g gone");
		this.groups.join(this.bob, "g");
		assertThat(this.names.hasGroup("g")).isFalse();
		this.groups.join(this.ann, "h");
		this.groups.leave(this.ann, "h");
		assertThat(this.told).endsWith("group h there", "group h gone");
	}

	@Test
	void namesThatAreReleasedLaterAreToldThen() {
		Set<String> expected = new HashSet<>();
		for (int i = 0; i < 2_000; i++) {
			this.keys.bind(this.ann, "k" + i, DuplicateLogin.ALLOW);
			this.groups.join(this.ann, "g" + i);
			expected.add("k" + i + " gone");
			expected.add("group g" + i + " gone");
		}
		assertThat(this.names.size()).isEqualTo(4_000);
		this.told.clear();
		this.ann.end();
		Awaitility.await().until(() -> this.names.size() == 0 && this.told.size() == 4_000);
		assertThat(new HashSet<>(this.told)).isEqualTo(expected);
	}

	@Test
	void theNamesAreThoseThatHaveMembers() {
		this.keys.bind(this.ann, "k", DuplicateLogin.ALLOW);
		this.groups.join(this.ann, "g");
		List<String> found = new ArrayList<>();
		this.names.forEachKey(found::add);
		this.names.forEachGroup(found::add);
		assertThat(found).containsExactly("k", "g");
		this.names.listen(null);
		this.ann.end();
		assertThat(this.names.size()).isZero();
		assertThat(this.told).hasSize(2);
	}

}
