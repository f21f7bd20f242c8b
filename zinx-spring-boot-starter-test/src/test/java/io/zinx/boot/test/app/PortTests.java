package io.zinx.boot.test.app;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestContextManager;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which port a test gets whose application is configured for 8999.
 */
class PortTests {

	@ParameterizedTest
	@ValueSource(classes = { ByDefault.class, WithoutWeb.class })
	void testsHaveAFreePort(Class<?> test) {
		assertThat(port(test)).isEqualTo("0");
	}

	@ParameterizedTest
	@ValueSource(classes = { InProperties.class, InArguments.class, InPropertySource.class, InDynamicProperty.class })
	void whatTheTestSaysGoesBefore(Class<?> test) {
		assertThat(port(test)).isEqualTo("7001");
	}

	@ParameterizedTest
	@ValueSource(classes = DefinedPort.class)
	void definedPortsAreThoseOfTheApplication(Class<?> test) {
		assertThat(port(test)).isEqualTo("8999");
	}

	@ParameterizedTest
	@ValueSource(classes = WithoutSpringBoot.class)
	void testsWithoutSpringBootAreLeftAlone(Class<?> test) {
		assertThat(port(test)).isNull();
	}

	private static @Nullable String port(Class<?> test) {
		return new TestContextManager(test).getTestContext()
			.getApplicationContext()
			.getEnvironment()
			.getProperty("zinx.port");
	}

	@SpringBootTest(classes = Nothing.class)
	static class ByDefault {

	}

	@SpringBootTest(classes = Nothing.class, webEnvironment = WebEnvironment.NONE)
	static class WithoutWeb {

	}

	@SpringBootTest(classes = Nothing.class, webEnvironment = WebEnvironment.DEFINED_PORT)
	static class DefinedPort {

	}

	@SpringBootTest(classes = Nothing.class, properties = "zinx.port=7001")
	static class InProperties {

	}

	@SpringBootTest(classes = Nothing.class, args = "--zinx.port=7001")
	static class InArguments {

	}

	@SpringBootTest(classes = Nothing.class)
	@TestPropertySource(properties = "zinx.port=7001")
	static class InPropertySource {

	}

	@SpringBootTest(classes = Nothing.class)
	static class InDynamicProperty {

		@DynamicPropertySource
		static void port(DynamicPropertyRegistry registry) {
			registry.add("zinx.port", () -> "7001");
		}

	}

	@SpringJUnitConfig(Nothing.class)
	static class WithoutSpringBoot {

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
