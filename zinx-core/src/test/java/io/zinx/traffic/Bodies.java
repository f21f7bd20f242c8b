package io.zinx.traffic;

import java.util.Arrays;
import java.util.Random;

/**
 * The bodies of messages: each follows from the client, the place of the request in its
 * script and the part of the answer.
 */
final class Bodies {

	private static final int OFFSETS = 4096;

	private static final byte[] noise = noise();

	private Bodies() {
	}

	private static byte[] noise() {
		byte[] noise = new byte[OFFSETS + 8192];
		new Random(1).nextBytes(noise);
		return noise;
	}

	static long mix(long value) {
		long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
		mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
		return mixed ^ (mixed >>> 31);
	}

	/**
	 * A number from 0 to {@code bound - 1} that belongs to a message.
	 */
	static int number(int client, int index, int part, int bound) {
		long mixed = mix(client * 0x9e3779b97f4a7c15L + index * 0x10001L + part);
		return (int) Long.remainderUnsigned(mixed, bound);
	}

	static byte[] make(int client, int index, int part, int size) {
		int from = number(client, index, part, OFFSETS);
		return Arrays.copyOfRange(noise, from, from + size);
	}

	/**
	 * Whether an array holds a body.
	 * @param skipped how many bytes of the array come before the body
	 */
	static boolean matches(int client, int index, int part, byte[] body, int skipped) {
		int from = number(client, index, part, OFFSETS);
		return Arrays.equals(body, skipped, body.length, noise, from, from + body.length - skipped);
	}

}
