package io.zinx.testing;

import java.net.URI;

import javax.tools.SimpleJavaFileObject;

/**
 * A Java source for the compiler that is a text instead of a file.
 */
public final class SourceText extends SimpleJavaFileObject {

	private final String code;

	/**
	 * Create a source.
	 * @param name the path of the file that it stands for, as {@code sample/Top.java}
	 * @param code its text
	 */
	public SourceText(String name, String code) {
		super(URI.create("string:///" + name), Kind.SOURCE);
		this.code = code;
	}

	@Override
	public String getCharContent(boolean ignoreEncodingErrors) {
		return this.code;
	}

	/**
	 * A public type may be in it, whatever the name of the file.
	 */
	@Override
	public boolean isNameCompatible(String simpleName, Kind kind) {
		return true;
	}

}
