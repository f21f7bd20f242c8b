package io.zinx.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.ResourceLeakDetector;

/**
 * A leak detector that remembers what it has found, so that a leak fails the build. Netty
 * makes it because of the system property {@code io.netty.customResourceLeakDetector}.
 *
 * @param <T> what may leak
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

	private static final List<String> leaks = new CopyOnWriteArrayList<>();

	/**
	 * Called by Netty.
	 * @param resourceType what may leak
	 * @param samplingInterval how often to look
	 */
	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	/**
	 * Called by Netty, which looks for this older form too.
	 * @param resourceType what may leak
	 * @param samplingInterval how often to look
	 * @param maxActive not used
	 */
	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
		this(resourceType, samplingInterval);
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		leaks.add(resourceType + records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		leaks.add(resourceType);
	}

	static List<String> takeLeaks() {
		List<String> found = List.copyOf(leaks);
		leaks.clear();
		return found;
	}

}
