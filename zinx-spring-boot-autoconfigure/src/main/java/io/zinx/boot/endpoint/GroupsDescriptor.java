package io.zinx.boot.endpoint;

import java.util.Comparator;
import java.util.List;

import io.zinx.connection.ConnManager;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The groups of connections.
 *
 * @param count the number of groups
 * @param groups the largest of them, at most 1000, the largest first
 */
public record GroupsDescriptor(int count, List<GroupDescriptor> groups) implements OperationResponseBody {

	private static final int MOST = 1000;

	static GroupsDescriptor of(ConnManager connections) {
		List<GroupDescriptor> all = connections.groups()
			.stream()
			.map((name) -> new GroupDescriptor(name, connections.group(name).size()))
			.sorted(Comparator.comparingInt(GroupDescriptor::size).reversed().thenComparing(GroupDescriptor::name))
			.toList();
		return new GroupsDescriptor(all.size(), all.stream().limit(MOST).map(GroupDescriptor::shown).toList());
	}

	/**
	 * A group.
	 *
	 * @param name its name
	 * @param size the number of its connections
	 */
	public record GroupDescriptor(String name, int size) {

		private GroupDescriptor shown() {
			return new GroupDescriptor(ConnectionDescriptor.shown(this.name), this.size);
		}

	}

}
