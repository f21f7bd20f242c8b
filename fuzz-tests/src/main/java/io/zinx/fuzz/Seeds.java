package io.zinx.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Inputs that are known to be interesting, for the fuzzer to begin with and for tests to
 * try with some changes.
 */
public final class Seeds {

	private static final int MUTATIONS_OF_ONE = 4;

	private static final int LONGEST_COPY = 8;

	private static final byte[] TELLING = { 0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, '\n', '"', '{' };

	private Seeds() {
	}

	/**
	 * Write seeds where the fuzzer reads them.
	 * @param directory where to; made if it is not there
	 * @param seeds the seeds
	 * @throws IOException if they cannot be written
	 */
	public static void write(Path directory, List<byte[]> seeds) throws IOException {
		Files.createDirectories(directory);
		for (int index = 0; index < seeds.size(); index++) {
			Files.write(directory.resolve("seed-" + index), seeds.get(index));
		}
	}

	/**
	 * Try seeds as they are, then changed.
	 * @param seeds the seeds
	 * @param changed how many changed ones to try of each
	 * @param target what to try them on
	 */
	public static void tryAll(List<byte[]> seeds, int changed, Consumer<byte[]> target) {
		seeds.forEach(target);
		for (int index = 0; index < seeds.size(); index++) {
			Random random = new Random(index);
			for (int count = 0; count < changed; count++) {
				target.accept(change(seeds.get(index), random));
			}
		}
	}

	private static byte[] change(byte[] seed, Random random) {
		byte[] changed = seed.clone();
		for (int count = 1 + random.nextInt(MUTATIONS_OF_ONE); count > 0 && changed.length > 0; count--) {
			int at = random.nextInt(changed.length);
			switch (random.nextInt(4)) {
				case 0 -> changed[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
				case 1 -> changed[at] = TELLING[random.nextInt(TELLING.length)];
				case 2 -> changed = Arrays.copyOf(changed, at + 1);
				default -> changed = doubled(changed, at, 1 + random.nextInt(LONGEST_COPY));
			}
		}
		return changed;
	}

	/**
	 * Repeat a few bytes.
	 */
	private static byte[] doubled(byte[] bytes, int at, int length) {
		int copied = Math.min(length, bytes.length - at);
		byte[] longer = Arrays.copyOf(bytes, bytes.length + copied);
		System.arraycopy(bytes, at, longer, at + copied, bytes.length - at);
		return longer;
	}

}
