package io.zinx.cluster;

import io.zinx.fuzz.Seeds;
import org.junit.jupiter.api.Test;

class ClusterFrameFuzzerTests {

	private static final int CHANGED = 1_000;

	@Test
	void holdsForSeedsAndTheirMutations() {
		Seeds.tryAll(ClusterFrameSeeds.all(), CHANGED, ClusterFrameFuzzer::fuzzerTestOneInput);
	}

}
