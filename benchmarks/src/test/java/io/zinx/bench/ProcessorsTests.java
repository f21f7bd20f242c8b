package io.zinx.bench;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessorsTests {

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "0;1", "0-1;2", "0,2;2", "0-1,3-5;5" })
	void aServerGetsAnEventLoopForEachOfItsProcessors(String server, int loops) {
		Processors processors = new Processors(server, 8);
		assertThat(processors.loops()).isEqualTo(loops);
		assertThat(processors.prefix()).containsExactly("taskset", "-c", server);
		assertThat(processors.isAny()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "7-8", "0,9", "100" })
	void processorsThatAreNotThereMeanAny(String server) throws Exception {
		assertThat(Processors.share(server, 8).isAny()).isTrue();
	}

	@Test
	void aServerThatIsNotPinnedGetsOneForEachThatThereIs() {
		Processors processors = new Processors("", 8);
		assertThat(processors.loops()).isEqualTo(8);
		assertThat(processors.prefix()).isEmpty();
		assertThat(processors).hasToString("any of 8");
	}

}
