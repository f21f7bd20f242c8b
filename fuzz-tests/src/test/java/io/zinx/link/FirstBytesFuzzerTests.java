package io.zinx.link;

import io.zinx.fuzz.Seeds;
import org.junit.jupiter.api.Test;

class FirstBytesFuzzerTests {

	private static final int CHANGED = 20;

	@Test
	void holdsForSeedsAndTheirMutations() {
		Seeds.tryAll(FirstBytesSeeds.all(), CHANGED, FirstBytesFuzzer::fuzzerTestOneInput);
	}

}
