package io.zinx.boot.configfile;

import io.zinx.fuzz.Seeds;
import org.junit.jupiter.api.Test;

class ZinxJsonFuzzerTests {

	private static final int CHANGED = 200;

	@Test
	void holdsForSeedsAndTheirMutations() {
		Seeds.tryAll(ZinxJsonSeeds.all(), CHANGED, ZinxJsonFuzzer::fuzzerTestOneInput);
	}

}
