package io.zinx.cluster.redis;

import io.zinx.ZinxException;

/**
 * Thrown for a Redis server that is there and cannot be used.
 */
final class UnsuitableServerException extends ZinxException {

	private final boolean lasting;

	UnsuitableServerException(String message, boolean lasting) {
		super(message);
		this.lasting = lasting;
	}

	/**
	 * True if it stays so: a cluster stays a cluster, but a replica may become a master.
	 */
	boolean isLasting() {
		return this.lasting;
	}

}
