package io.zinx.sample.chat;

import java.util.List;

import io.zinx.connection.Group;

/**
 * The users of a room who are connected to this node. Who is in the room on other nodes
 * is not known here: their coming and going is, see {@link Presence}.
 *
 * @param room its name
 * @param users their names, sorted
 */
record Room(String room, List<String> users) {

	static Room of(Group group) {
		return new Room(group.name(),
				group.members().stream().flatMap((member) -> member.keys().stream()).sorted().toList());
	}

}
