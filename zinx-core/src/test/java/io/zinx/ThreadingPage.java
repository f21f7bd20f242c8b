package io.zinx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A page of documentation that says in tables which thread or lock guards which field.
 *
 * @param text the page, in Markdown
 */
record ThreadingPage(String text) {

	private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

	private static final Pattern TYPE = Pattern.compile("[A-Z]\\w*(\\.[A-Z]\\w*)*");

	private static final Pattern MEMBER = Pattern.compile("[A-Z]\\w*(\\.[A-Z]\\w*)*\\.\\w+");

	private static final Pattern CAMEL_CASE = Pattern.compile("[A-Z]+[a-z]\\w*");

	/**
	 * Members of types that are not ours.
	 */
	private static final Set<String> FOREIGN = Set.of("ConcurrentHashMap.compute");

	/**
	 * Return the names in the first column of a table that are not declared: types, and
	 * fields as {@code Type.field}. A field may follow its type, as in "`Type.field`,
	 * `other`" and "`Type`, all but `field`".
	 */
	List<String> missing(String heading, SourceTypes types) {
		List<String> missing = new ArrayList<>();
		for (String cell : firstColumn(heading)) {
			List<String> owners = new ArrayList<>();
			for (String name : code(cell)) {
				if (TYPE.matcher(name).matches() || MEMBER.matcher(name).matches()) {
					owners.add(TYPE.matcher(name).matches() ? name : name.substring(0, name.lastIndexOf('.')));
					if (!types.declares(name)) {
						missing.add(name);
					}
				}
				else if (owners.stream().noneMatch((owner) -> types.declares(owner + "." + name))) {
					missing.add(owners + "." + name);
				}
			}
			if (owners.isEmpty()) {
				missing.add("a name in: " + cell);
			}
		}
		return missing;
	}

	/**
	 * Return the rows of a table of locks that name no lock: neither a field, nor a type
	 * with the word "monitor" that locks its instances.
	 */
	List<String> withoutLock(String heading, SourceTypes types) {
		return firstColumn(heading).stream()
			.filter((cell) -> !(cell.contains("(monitor)") ? code(cell).stream().allMatch(types::isMonitor)
					: code(cell).stream().allMatch((name) -> MEMBER.matcher(name).matches())))
			.toList();
	}

	/**
	 * Return the types and members that the page names anywhere and that do not exist.
	 */
	Set<String> missingAnywhere(SourceTypes types) {
		return code(this.text).stream()
			.filter((name) -> CAMEL_CASE.matcher(name).matches() || MEMBER.matcher(name).matches())
			.filter((name) -> !FOREIGN.contains(name) && !types.declaresOrHasMethod(name))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Return the cells of the first column of the table behind a heading.
	 */
	List<String> firstColumn(String heading) {
		return this.text.lines()
			.dropWhile((line) -> !line.equals(heading))
			.skip(1)
			.takeWhile((line) -> !line.startsWith("#"))
			.filter((line) -> line.startsWith("|"))
			.skip(2)
			.map((line) -> line.substring(1, line.indexOf('|', 1)).strip())
			.toList();
	}

	private static List<String> code(String text) {
		return CODE.matcher(text).results().map((found) -> found.group(1)).toList();
	}

}
