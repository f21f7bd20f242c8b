package io.zinx;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import org.jspecify.annotations.Nullable;

/**
 * The types that source files declare, with the names of their members. Types of the same
 * simple name are taken together.
 */
final class SourceTypes {

	private final Map<String, Type> types = new HashMap<>();

	private SourceTypes() {
	}

	static SourceTypes of(Iterable<? extends JavaFileObject> files) {
		SourceTypes types = new SourceTypes();
		try {
			for (CompilationUnitTree unit : parser(files).parse()) {
				unit.getTypeDecls().forEach(types::add);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return types;
	}

	/**
	 * Make what parses source files, and compiles nothing.
	 * @param files the files
	 * @return a parser for one use
	 */
	static JavacTask parser(Iterable<? extends JavaFileObject> files) {
		return (JavacTask) ToolProvider.getSystemJavaCompiler()
			.getTask(null, null, null, List.of("-proc:none"), null, files);
	}

	private void add(Tree tree) {
		if (tree instanceof ClassTree declaration) {
			Type type = this.types.computeIfAbsent(declaration.getSimpleName().toString(), (name) -> new Type());
			type.add(declaration);
			declaration.getMembers().forEach(this::add);
		}
	}

	/**
	 * Tell whether there is a type, or a field or nested type of one.
	 */
	boolean declares(String name) {
		return follow(name, (type) -> type.fields);
	}

	/**
	 * Tell the same, and count methods in.
	 */
	boolean declaresOrHasMethod(String name) {
		return follow(name, (type) -> {
			Set<String> members = new HashSet<>(type.fields);
			members.addAll(type.methods);
			return members;
		});
	}

	/**
	 * Tell whether a type locks its instances.
	 */
	boolean isMonitor(String name) {
		Type type = this.types.get(name);
		return type != null && type.monitor;
	}

	private boolean follow(String name, Function<Type, Set<String>> members) {
		List<String> path = List.of(name.split("\\."));
		Type owner = this.types.get(path.get(0));
		for (String member : path.subList(1, path.size())) {
			if (owner == null || !(members.apply(owner).contains(member) || owner.nested.contains(member))) {
				return false;
			}
			owner = this.types.get(member);
		}
		return path.size() > 1 || owner != null;
	}

	private static final class Type {

		private final Set<String> fields = new HashSet<>();

		private final Set<String> methods = new HashSet<>();

		private final Set<String> nested = new HashSet<>();

		private boolean monitor;

		void add(ClassTree declaration) {
			for (Tree member : declaration.getMembers()) {
				if (member instanceof VariableTree field) {
					this.fields.add(field.getName().toString());
				}
				else if (member instanceof ClassTree type) {
					this.nested.add(type.getSimpleName().toString());
				}
				else if (member instanceof MethodTree method) {
					this.methods.add(method.getName().toString());
					this.monitor |= locksItsInstance(method);
				}
			}
		}

		private static boolean locksItsInstance(MethodTree method) {
			boolean locks = method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED);
			return locks || Boolean.TRUE.equals(new TreeScanner<@Nullable Boolean, @Nullable Void>() {

				@Override
				public Boolean visitSynchronized(SynchronizedTree block, @Nullable Void nothing) {
					return block.getExpression().toString().equals("(this)");
				}

				@Override
				public @Nullable Boolean reduce(@Nullable Boolean one, @Nullable Boolean other) {
					return Boolean.TRUE.equals(one) ? one : other;
				}

			}.scan(method, null));
		}

	}

}
