package io.zinx.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * The knots of packages. A knot is a set of types of one package that all need each
 * other, directly or by way of others, so that none can be understood or moved alone. A
 * nested type counts as its top-level type.
 */
public final class Knots {

	/**
	 * The size of a knot that needs no word of explanation.
	 */
	public static final int USUAL = 5;

	private final SortedMap<String, SortedMap<String, SortedSet<String>>> packages = new TreeMap<>();

	private Knots(JavaClasses classes) {
		for (JavaClass type : classes) {
			if (!isPackageInfo(type)) {
				add(type);
			}
		}
	}

	/**
	 * Look for the knots among classes.
	 * @param classes the classes, as bytecode shows them
	 * @return the knots
	 */
	public static Knots of(JavaClasses classes) {
		return new Knots(classes);
	}

	/**
	 * Look for the knots of main classes; those of tests are left out.
	 * @param root the package below which they are
	 * @return the knots
	 */
	public static Knots below(String root) {
		return new Knots(new ClassFileImporter()
			.withImportOption((location) -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
			.importPackages(root));
	}

	private static boolean isPackageInfo(JavaClass type) {
		return type.getSimpleName().equals("package-info");
	}

	private static String topLevel(JavaClass type) {
		String name = type.getName().substring(type.getPackageName().length() + 1);
		int nested = name.indexOf('$');
		return (nested < 0) ? name : name.substring(0, nested);
	}

	private void add(JavaClass type) {
		String self = topLevel(type);
		SortedSet<String> used = this.packages.computeIfAbsent(type.getPackageName(), (pkg) -> new TreeMap<>())
			.computeIfAbsent(self, (name) -> new TreeSet<>());
		for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
			JavaClass target = dependency.getTargetClass().getBaseComponentType();
			if (target.getPackageName().equals(type.getPackageName()) && !isPackageInfo(target)) {
				used.add(topLevel(target));
			}
		}
		used.remove(self);
	}

	/**
	 * Return the packages that were looked at.
	 * @return their names
	 */
	public Set<String> packages() {
		return this.packages.keySet();
	}

	/**
	 * Return the largest knot of a package.
	 * @param pkg the name of the package
	 * @return the simple names of the knot's types, empty if no two types need each other
	 */
	public Set<String> largest(String pkg) {
		SortedMap<String, SortedSet<String>> uses = this.packages.getOrDefault(pkg, new TreeMap<>());
		SortedMap<String, Set<String>> reached = new TreeMap<>();
		uses.keySet().forEach((type) -> reached.put(type, reachedFrom(type, uses)));
		Set<String> largest = Set.of();
		for (String type : uses.keySet()) {
			Set<String> knot = new TreeSet<>(reached.getOrDefault(type, Set.of()));
			knot.removeIf((other) -> !reached.getOrDefault(other, Set.of()).contains(type));
			if (knot.size() > largest.size()) {
				largest = knot;
			}
		}
		return largest;
	}

	private static Set<String> reachedFrom(String start, Map<String, SortedSet<String>> uses) {
		Set<String> reached = new TreeSet<>();
		Deque<String> ahead = new ArrayDeque<>(uses.getOrDefault(start, new TreeSet<>()));
		while (!ahead.isEmpty()) {
			String type = ahead.remove();
			if (reached.add(type)) {
				ahead.addAll(uses.getOrDefault(type, new TreeSet<>()));
			}
		}
		return reached;
	}

	/**
	 * Compare the largest knot of each package with what is allowed: {@link #USUAL}, or
	 * what a table says of the package.
	 * @param table the packages that may have a larger knot, by name
	 * @return what is wrong, empty if nothing is: a knot larger than allowed, with its
	 * types, or an entry of the table that allows more than there is
	 */
	public List<String> violations(Map<String, Allowance> table) {
		List<String> found = new ArrayList<>();
		Set<String> names = new TreeSet<>(packages());
		names.addAll(table.keySet());
		for (String pkg : names) {
			Set<String> knot = largest(pkg);
			Allowance allowance = table.get(pkg);
			int allowed = (allowance != null) ? allowance.types() : USUAL;
			if (knot.size() > allowed) {
				found.add(pkg + " has a knot of " + knot.size() + " types, allowed are " + allowed + ". Cut it:\n"
						+ drawing(pkg, knot));
			}
			else if (allowance != null && knot.size() <= USUAL) {
				found.add(pkg + " has no knot of more than " + USUAL + " types: remove it from the table");
			}
			else if (allowance != null && knot.size() < allowed) {
				found
					.add(pkg + " has a knot of " + knot.size() + " types only: lower the " + allowed + " of the table");
			}
		}
		if (!found.isEmpty()) {
			found.add("The largest knot of each package:\n" + figures());
		}
		return found;
	}

	private String drawing(String pkg, Set<String> knot) {
		StringBuilder text = new StringBuilder();
		for (String type : knot) {
			Set<String> used = new TreeSet<>(
					this.packages.getOrDefault(pkg, new TreeMap<>()).getOrDefault(type, new TreeSet<>()));
			used.retainAll(knot);
			text.append("  ").append(type).append(" uses ").append(String.join(", ", used)).append('\n');
		}
		return text.toString();
	}

	private String figures() {
		StringBuilder text = new StringBuilder();
		for (String pkg : packages()) {
			Set<String> knot = largest(pkg);
			text.append("  ").append(pkg).append(' ').append(knot.size()).append(' ').append(knot).append('\n');
		}
		return text.toString();
	}

	/**
	 * A package's right to a larger knot.
	 *
	 * @param types how many types the knot has, more than {@link #USUAL}
	 * @param reason why they belong together, in words
	 */
	public record Allowance(int types, String reason) {

		public Allowance {
			if (types <= USUAL || reason.isBlank()) {
				throw new IllegalArgumentException(
						"An allowance is for more than " + USUAL + " types, and has a reason");
			}
		}

	}

}
