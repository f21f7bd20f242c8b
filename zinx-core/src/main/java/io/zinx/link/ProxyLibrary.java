package io.zinx.link;

/**
 * The library that reads headers of the PROXY protocol. It is optional.
 */
final class ProxyLibrary {

	private ProxyLibrary() {
	}

	/**
	 * Return whether the library is where this class can load it.
	 */
	static boolean isPresent() {
		try {
			Class.forName("io.netty.handler.codec.haproxy.HAProxyMessageDecoder", false,
					ProxyLibrary.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
