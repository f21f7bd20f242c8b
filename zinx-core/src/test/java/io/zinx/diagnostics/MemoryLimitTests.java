package io.zinx.diagnostics;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryLimitTests {

	@ParameterizedTest
	@CsvSource({ "10m, 10485760", "10M, 10485760", "1g, 1073741824", "512k, 524288", "1T, 1099511627776",
			"123456, 123456", "0x400, 1024", "0, 9223372036854775807" })
	void theLimitOfDirectMemoryIsReadAsTheJvmReadsIt(String size, long bytes) {
		assertThat(MemoryLimit.direct(List.of("-Xmx512m", "-XX:MaxDirectMemorySize=" + size), 0)).isEqualTo(bytes);
	}

	@Test
	void ofSeveralTheLastCounts() {
		assertThat(MemoryLimit.direct(List.of("-XX:MaxDirectMemorySize=1m", "-XX:MaxDirectMemorySize=2m"), 0))
			.isEqualTo(2 * 1024 * 1024);
	}

	@ParameterizedTest
	@CsvSource({ "-1, 1048576", "0, 1048576", "1000, 1000", "2000000, 1048576" })
	void nettyMayHaveALowerLimit(long ofNetty, long bytes) {
		assertThat(MemoryLimit.direct(List.of("-XX:MaxDirectMemorySize=1m"), ofNetty)).isEqualTo(bytes);
	}

	@Test
	void withoutALimitTheHeapIs() {
		assertThat(MemoryLimit.direct(List.of("-Xmx1g"), 0)).isEqualTo(Long.MAX_VALUE);
		assertThat(MemoryLimit.bytes()).isBetween(1L, Runtime.getRuntime().maxMemory());
	}

}
