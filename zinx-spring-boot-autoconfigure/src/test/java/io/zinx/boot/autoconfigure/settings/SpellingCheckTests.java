package io.zinx.boot.autoconfigure.settings;

import java.util.Map;

import io.zinx.boot.autoconfigure.ServerProperties;
import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SpellingCheckTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ZinxAutoConfiguration.class, ZinxSettingsAutoConfiguration.class))
		.withPropertyValues("zinx.port=0", "zinx.host=127.0.0.1");

	@ParameterizedTest
	@CsvSource({ "zinx.max-con, zinx.max-conn", "zinx.maxCon, zinx.max-conn",
			"zinx.heartbeat.inteval, zinx.heartbeat.interval", "zinx.shutdown.grace-peroid, zinx.shutdown.grace-period",
			"zinx.enable, zinx.enabled", "zinx.cluster.nod-id, zinx.cluster.node-id",
			"zinx.observation.enable, zinx.observation.enabled", "zinx.max.conn, zinx.max-conn",
			"management.endpoint.zinx.show-value, management.endpoint.zinx.show-values",
			"management.health.zinx.enable, management.health.zinx.enabled" })
	void aMisspeltPropertyIsNamedWithTheNearestOneThatExists(String typed, String meant, CapturedOutput output) {
		this.runner.withPropertyValues(typed + "=secret")
			.run((context) -> assertThat(output.getOut().lines().toList())
				.filteredOn((line) -> line.contains("has no effect"))
				.singleElement()
				.asString()
				.contains("WARN", "The property " + typed + " (\"" + typed + "\" from property source \"test\")",
						"the server has no such setting. Did you mean " + meant + "?")
				.doesNotContain("secret"));
	}

	@ParameterizedTest
	@CsvSource({ "ZINX_MAXCON, ZINX_MAXCONN", "ZINX_MAX_CON, ZINX_MAXCONN", "ZINX_POTR, ZINX_PORT",
			"ZINX_HEARTBEAT_MODUS, ZINX_HEARTBEAT_MODE", "ZINX_SOMETHING_ELSE_PORT, ''" })
	void aMisspeltEnvironmentVariableIsNamedToo(String typed, String meant, CapturedOutput output) {
		withVariables(Map.of(typed, "5")).run((context) -> assertThat(output)
			.contains("The environment variable " + typed + " has no effect: the server has no such setting"
					+ (meant.isEmpty() ? "" : ". Did you mean " + meant + "?")));
	}

	@Test
	void whatIsLikeNothingHasNoSuggestion(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.something-completely-different-altogether=5")
			.run((context) -> assertThat(output).contains("the server has no such setting")
				.doesNotContain("Did you mean"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "zinx.ssl.server-name-bundles[0].client-auth",
			"zinx.ssl.server-name-bundles[0].bundle.name", "zinx.ssl.server-name-bundles.first.bundles" })
	void aMisspeltPartOfAListIsNamedToo(String typed, CapturedOutput output) {
		this.runner.withPropertyValues("zinx.ssl.enabled=false", typed + "=x")
			.run((context) -> assertThat(output).contains("The property " + typed,
					"has no effect: the server has no such setting"));
		withVariables(Map.of("ZINX_SSL_SERVERNAMEBUNDLES_0_CLIENTAUTH", "x", "ZINX_SSL_ENABLED", "false"))
			.run((context) -> assertThat(output)
				.contains("The environment variable ZINX_SSL_SERVERNAMEBUNDLES_0_CLIENTAUTH has no effect"));
	}

	@Test
	void thePartsOfAListAreKnownInEverySpelling(CapturedOutput output) {
		withVariables(Map.of("ZINX_SSL_SERVERNAMEBUNDLES_1_SERVERNAME", "a.example",
				"ZINX_SSL_SERVERNAMEBUNDLES_1_BUNDLE", "a"))
			.withPropertyValues("zinx.ssl.enabled=false", "zinx.ssl.server-name-bundles[0].server-name=b.example",
					"zinx.ssl.serverNameBundles[0].bundle=b", "zinx.ssl.server_name_bundles[2].serverName=c.example")
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@Test
	void everySpellingThatSpringBootAcceptsIsKnown(CapturedOutput output) {
		Map<String, Object> variables = Map.of("ZINX_MAXCONN", "5", "ZINX_MAX_CONN_POLICY", "close",
				"ZINX_OUTBOUND_MAXBYTES", "1MB", "zinx_backlog", "7", "zinx.event-loops", "1", "ZINX_CONFIG_FILE_PATH",
				"");
		withVariables(variables)
			.withPropertyValues("zinx.workerPoolSize=3", "zinx.async_timeout=5s", "ZINX.codec=tlv", "zinx.ssl=",
					"management.endpoint.zinx.roles[0]=admin", "management.endpoint.zinx.roles[1]=owner",
					"management.endpoint.zinx.show-values=when-authorized")
			.run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZINX_SERVICE_HOST=10.96.0.7", "ZINX_SERVICE_PORT=8999", "ZINX_SERVICE_PORT_GAME=8999",
			"ZINX_PORT_8999_TCP=tcp://10.96.0.7:8999", "ZINX_PORT_8999_TCP_PROTO=tcp", "ZINX_PORT_8999_TCP_PORT=8999",
			"ZINX_PORT_8999_TCP_ADDR=10.96.0.7", "ZINX_PORT_53_UDP_ADDR=10.96.0.7", "ZINX_LOBBY_SERVICE_HOST=10.96.0.8",
			"ZINX_LOBBY_PORT=tcp://10.96.0.8:80" })
	void whatKubernetesSetsForAServiceOfThatNameIsNoMistake(String variable, CapturedOutput output) {
		String[] parts = variable.split("=", 2);
		withVariables(Map.of(parts[0], parts[1])).run((context) -> assertThat(output).doesNotContain("has no effect"));
	}

	@Test
	void aNameInSeveralSourcesIsSpokenOfOnce(CapturedOutput output) {
		withVariables(Map.of("ZINX_MAXCON", "5", "ZINX_PORTT", "1"))
			.withPropertyValues("zinx.max-conn=9", "zinx.maxcon=5")
			.run((context) -> assertThat(output.getOut().lines()).filteredOn((line) -> line.contains("has no effect"))
				.hasSize(2));
	}

	@Test
	void aMisspeltNameIsThereWhenTheStartFailsForWantOfIt(CapturedOutput output) {
		this.runner.withPropertyValues("zinx.codec=fixed", "zinx.fixed.lenght=8")
			.run((context) -> assertThat(context).hasFailed());
		assertThat(output).contains("The property zinx.fixed.lenght", "Did you mean zinx.fixed.length?");
	}

	@Test
	void sourcesThatAreAddedByTheApplicationAreReadToo(CapturedOutput output) {
		this.runner.withUserConfiguration(WithFile.class)
			.run((context) -> assertThat(output).contains("The property zinx.payloads", "misspelt.properties",
					"Did you mean zinx.payload?"));
	}

	@Test
	void thePropertiesOfASecondServerAreThoseOfTheApplication(CapturedOutput output) {
		this.runner.withUserConfiguration(SecondServer.class)
			.withPropertyValues("zinx.lobby.max-conn=5", "zinx.lobbby.max-conn=5")
			.run((context) -> assertThat(output).contains("The property zinx.lobbby.max-conn")
				.doesNotContain("The property zinx.lobby.max-conn"));
	}

	@ParameterizedTest
	@CsvSource({ "zinx.idle.read-timeout, 30", "zinx.heartbeat.timeout, 10", "zinx.shutdown.grace-period, 20",
			"zinx.cluster.node-timeout, 999", "zinx.max-conn-age, ${age}" })
	void aShortDurationWithoutAUnitIsProbablyMeantAsSeconds(String property, String value, CapturedOutput output) {
		String number = value.startsWith("$") ? "60" : value;
		this.runner
			.withPropertyValues("age=60", "zinx.heartbeat.mode=send", "zinx.heartbeat.interval=5ms",
					property + "=" + value)
			.run((context) -> assertThat(output).contains("WARN", "The property " + property,
					"has no unit, so " + number + " is " + number + " milliseconds. For seconds write " + number
							+ "s; if milliseconds are meant, write " + number + "ms"));
	}

	@ParameterizedTest
	@CsvSource({ "zinx.idle.read-timeout, 200ms", "zinx.idle.read-timeout, 0", "zinx.idle.read-timeout, 1000",
			"zinx.idle.read-timeout, PT0.2S", "zinx.shutdown.quiet-period, 50", "zinx.cluster.publish-timeout, 200",
			"zinx.idle.read-timeout, 30s", "zinx.max-conn, 30" })
	void otherValuesAreTakenAsTheyAre(String property, String value, CapturedOutput output) {
		this.runner.withPropertyValues(property + "=" + value)
			.run((context) -> assertThat(output).doesNotContain("has no unit"));
	}

	@Test
	void onlyTheValueThatHasPrecedenceIsLookedAt(CapturedOutput output) {
		withVariables(Map.of("ZINX_IDLE_READTIMEOUT", "30")).withPropertyValues("zinx.idle.read-timeout=30s")
			.run((context) -> assertThat(output).doesNotContain("has no unit"));
		withVariables(Map.of("ZINX_IDLE_READTIMEOUT", "30")).run(
				(context) -> assertThat(output).contains("The environment variable ZINX_IDLE_READTIMEOUT has no unit"));
	}

	private ApplicationContextRunner withVariables(Map<String, Object> variables) {
		return this.runner.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", variables)));
	}

	@Configuration(proxyBeanMethods = false)
	@PropertySource("classpath:io/zinx/boot/autoconfigure/settings/misspelt.properties")
	static class WithFile {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(Lobby.class)
	static class SecondServer {

	}

	@ConfigurationProperties("zinx.lobby")
	static class Lobby extends ServerProperties {

	}

}
