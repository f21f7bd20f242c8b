package io.zinx.testing;

import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a Netty buffer was lost. Found by JUnit itself, through
 * {@code META-INF/services}.
 */
public final class LeakCheck implements AfterAllCallback {

	@Override
	public void afterAll(ExtensionContext context) {
		List<String> leaks = find();
		if (!leaks.isEmpty()) {
			throw new AssertionError(context.getDisplayName() + " leaks " + leaks.size() + " buffers:\n"
					+ String.join("\n", leaks.subList(0, Math.min(3, leaks.size()))));
		}
	}

	/**
	 * Look for buffers that were lost since this was done last.
	 * @return what Netty says about each
	 */
	public static List<String> find() {
		requireParanoid();
		for (int i = 0; i < 2; i++) {
			System.gc();
			System.runFinalization();
			ByteBufAllocator.DEFAULT.buffer(16).release();
		}
		return RecordingLeakDetector.takeLeaks();
	}

	/**
	 * A proof under load, or one that measures, samples buffers or looks at none: a stack
	 * trace for each of them would be the load.
	 */
	private static void requireParanoid() {
		boolean sampling = Integer.getInteger("zinx.proof.seconds", 0) > 0 || Boolean.getBoolean("zinx.proof.sampling");
		if (!sampling && ResourceLeakDetector.getLevel() != ResourceLeakDetector.Level.PARANOID) {
			throw new IllegalStateException(
					"Run tests with -Dio.netty.leakDetection.level=paranoid, as the build does");
		}
		Class<?> detector = ResourceLeakDetectorFactory.instance().newResourceLeakDetector(Object.class, 1).getClass();
		if (detector != RecordingLeakDetector.class) {
			throw new IllegalStateException("Run tests with -Dio.netty.customResourceLeakDetector="
					+ RecordingLeakDetector.class.getName() + ", as the build does");
		}
	}

}
