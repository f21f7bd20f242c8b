package io.zinx.boot.test.app;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which port a test gets whose application is configured for 8999.
 */
@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
class PortTests {

	@Nested
	@SpringBootTest(classes = Nothing.class)
	class ByDefault extends ExpectedPort {

		ByDefault() {
			super("0");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class, webEnvironment = WebEnvironment.NONE)
	class WithoutWeb extends ExpectedPort {

		WithoutWeb() {
			super("0");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class, webEnvironment = WebEnvironment.DEFINED_PORT)
	class DefinedPort extends ExpectedPort {

		DefinedPort() {
			super("8999");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class, properties = "zinx.port=7001")
	class PropertyOfTheTest extends ExpectedPort {

		PropertyOfTheTest() {
			super("7001");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class, args = "--zinx.port=7002")
	class ArgumentOfTheTest extends ExpectedPort {

		ArgumentOfTheTest() {
			super("7002");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class)
	@TestPropertySource(properties = "zinx.port=7003")
	class PropertySourceOfTheTest extends ExpectedPort {

		PropertySourceOfTheTest() {
			super("7003");
		}

	}

	@Nested
	@SpringBootTest(classes = Nothing.class)
	class DynamicPropertyOfTheTest extends ExpectedPort {

		DynamicPropertyOfTheTest() {
			super("7004");
		}

		@DynamicPropertySource
		static void port(DynamicPropertyRegistry registry) {
			registry.add("zinx.port", () -> "7004");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	abstract static class ExpectedPort {

		private final String expected;

		@Value("${zinx.port}")
		String port = "";

		ExpectedPort(String expected) {
			this.expected = expected;
		}

		@Test
		void portIsTheExpectedOne() {
			assertThat(this.port).isEqualTo(this.expected);
		}

	}

}
