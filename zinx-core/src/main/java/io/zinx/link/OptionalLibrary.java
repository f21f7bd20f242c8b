package io.zinx.link;

/**
 * A library of Netty that only some settings need.
 */
enum OptionalLibrary {

	/** The library that reads headers of the PROXY protocol. */
	PROXY_PROTOCOL("io.netty:netty-codec-haproxy", "io.netty.handler.codec.haproxy.HAProxyMessageDecoder"),

	/** The library that reads HTTP requests and WebSocket messages. */
	WEB_SOCKET("io.netty:netty-codec-http", "io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder");

	private final String coordinates;

	private final String oneOfItsClasses;

	OptionalLibrary(String coordinates, String oneOfItsClasses) {
		this.coordinates = coordinates;
		this.oneOfItsClasses = oneOfItsClasses;
	}

	/**
	 * The library as a build names it.
	 */
	String coordinates() {
		return this.coordinates;
	}

	/**
	 * Return whether the library is where this class can load it.
	 */
	boolean isPresent() {
		try {
			Class.forName(this.oneOfItsClasses, false, OptionalLibrary.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
