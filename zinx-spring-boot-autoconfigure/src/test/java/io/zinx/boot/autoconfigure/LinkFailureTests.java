package io.zinx.boot.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.zinx.boot.testing.FailureAnalysis;
import io.zinx.boot.testing.ZinxApplication;
import io.zinx.testing.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The start fails because of settings of what lies between sockets and messages.
 */
@ExtendWith(OutputCaptureExtension.class)
class LinkFailureTests {

	private static final String FIRST = "zinx.ssl.server-name-bundles[0]";

	private static final String SECOND = "zinx.ssl.server-name-bundles[1]";

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			zinx.proxy-protocol.timeout   | 0s               | more than zero.
			zinx.sniff-timeout            | 0s               | more than zero.
			zinx.sniff-timeout            | -1s              | more than zero.
			zinx.proxy-protocol.trusted   | 10.0.0.0/8,cat   | 192.0.2.7 or fc00::/7; 'cat' is not.
			zinx.proxy-protocol.trusted[0]| 10.0.0.0/33      | networks such as 10.0.0.0/8, 192.0.2.7 or fc00::/7.
			""")
	void aValueThatIsNotAllowedIsNamed(String property, String value, String expected, CapturedOutput output) {
		fails(property + "=" + value);
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '" + value + "' for configuration property '" + property + "'", "It should be",
				expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.proxy-protocol.mode", "zinx.ssl.mode" })
	void aModeThatThereIsNot(String property, CapturedOutput output) {
		fails(property + "=magic");
		assertThat(FailureAnalysis.last(output)).contains(property, "\"magic\"", "    optional", "    required");
	}

	@Test
	void headersAreBelievedOfSomebody(CapturedOutput output) {
		fails("zinx.proxy-protocol.mode=optional", "zinx.proxy-protocol.trusted=");
		assertThat(FailureAnalysis.last(output)).contains("The property zinx.proxy-protocol.trusted is not set.",
				"It should be the networks of the load balancers, for example 10.0.0.0/8.");
	}

	@Test
	void bundlesForServerNamesNeedOneForAllOthers(CapturedOutput output) {
		fails(FIRST + ".server-name=play.example.org", FIRST + ".bundle=inside");
		assertThat(FailureAnalysis.last(output)).contains("for configuration property '" + FIRST,
				"Without zinx.ssl.bundle, connections are not encrypted");
		fails("zinx.ssl.enabled=true", FIRST + ".server-name=play.example.org", FIRST + ".bundle=inside");
		assertThat(FailureAnalysis.last(output)).contains("'zinx.ssl.enabled'", "true with zinx.ssl.bundle set");
	}

	@Test
	void aModeNeedsABundle(CapturedOutput output) {
		fails("zinx.ssl.mode=optional");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'optional' for configuration property 'zinx.ssl.mode'",
				"Without zinx.ssl.bundle, connections are not encrypted");
	}

	@Test
	void bundlesOfServerNamesAreKnown(CapturedOutput output) {
		failsWithBundle(FIRST + ".server-name=play.example.org", FIRST + ".bundle=inside",
				SECOND + ".server-name=*.example.org", SECOND + ".bundle=web");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'web' for configuration property '" + SECOND + ".bundle'",
				"the name of an SSL bundle below spring.ssl.bundle: [inside]");
	}

	@Test
	void aServerNameIsThereOnce(CapturedOutput output) {
		failsWithBundle(FIRST + ".server-name=play.example.org", FIRST + ".bundle=inside",
				SECOND + ".server-name=Play.example.org", SECOND + ".bundle=inside");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value 'Play.example.org' for configuration property '" + SECOND + ".server-name'",
				"a server name that no other entry has");
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "play.*.org", "*play.example.org" })
	void aServerNameIsWellFormed(String name, CapturedOutput output) {
		failsWithBundle(FIRST + ".server-name=" + name, FIRST + ".bundle=inside");
		assertThat(FailureAnalysis.last(output)).contains(
				"Invalid value '" + name + "' for configuration property '" + FIRST + ".server-name'",
				"a host name, or *. and a host name");
	}

	@Test
	void neitherHalfOfAnEntryIsMissing(CapturedOutput output) {
		failsWithBundle(FIRST + ".bundle=inside");
		assertThat(FailureAnalysis.last(output)).contains("The property " + FIRST + ".server-name is not set.",
				"It should be a host name");
		failsWithBundle(FIRST + ".server-name=play.example.org");
		assertThat(FailureAnalysis.last(output)).contains("The property " + FIRST + ".bundle is not set.",
				"It should be the name of an SSL bundle below spring.ssl.bundle: [inside]");
	}

	private static void failsWithBundle(String... properties) {
		List<String> bundle = List.of("zinx.ssl.bundle=inside",
				"spring.ssl.bundle.pem.inside.keystore.certificate=" + TestTls.SERVER.getCertificatePathPEM(),
				"spring.ssl.bundle.pem.inside.keystore.private-key=" + TestTls.SERVER.getPrivateKeyPEM());
		fails(Stream.concat(bundle.stream(), Stream.of(properties)).toArray(String[]::new));
	}

	private static void fails(String... properties) {
		assertThatException().as(Arrays.toString(properties))
			.isThrownBy(() -> ZinxApplication.run(Empty.class, properties).close());
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

}
