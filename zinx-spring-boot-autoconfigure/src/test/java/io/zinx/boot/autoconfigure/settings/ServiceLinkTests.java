package io.zinx.boot.autoconfigure.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.zinx.boot.autoconfigure.ZinxProperties;
import io.zinx.boot.settings.ServiceLinks;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.DeferredLogs;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.support.SystemEnvironmentPropertySourceEnvironmentPostProcessor;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A Kubernetes Service called {@code zinx} in the namespace of the application.
 */
@ExtendWith(OutputCaptureExtension.class)
class ServiceLinkTests {

	private static final String VARIABLES = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

	private final StandardEnvironment environment = new StandardEnvironment();

	private final SpringApplication application = new SpringApplication();

	@BeforeEach
	void logInfo() {
		setLogLevel(LogLevel.INFO);
	}

	@AfterEach
	void logAsBefore() {
		setLogLevel(null);
	}

	private static void setLogLevel(@Nullable LogLevel level) {
		LoggingSystem.get(ServiceLinkTests.class.getClassLoader())
			.setLogLevel(ServiceLinkTests.class.getPackageName(), level);
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp://10.96.0.7:8999", "udp://10.96.0.7:8999", "tcp://[fd00::7]:8999" })
	void theAddressOfTheServiceIsNotThePortOfTheServer(String address, CapturedOutput output) {
		variables(Map.of("ZINX_PORT", address, "ZINX_MAXCONN", "77"));
		ZinxProperties properties = bind();
		assertThat(properties.getPort()).isEqualTo(8999);
		assertThat(properties.getMaxConn()).isEqualTo(77);
		assertThat(output.getOut().lines().toList()).filteredOn((line) -> line.contains("ZINX_PORT"))
			.singleElement()
			.asString()
			.contains("INFO", "Ignored the environment variable ZINX_PORT, '" + address + "'",
					"enableServiceLinks: false", "zinx.port");
	}

	@Test
	void theNextSourceDecides() {
		variables(Map.of("ZINX_PORT", "tcp://10.96.0.7:8999"));
		add("application", Map.of("zinx.port", "4711"));
		assertThat(bind().getPort()).isEqualTo(4711);
	}

	@Test
	void everySourceKeepsItsPlace() {
		MutablePropertySources sources = this.environment.getPropertySources();
		variables(Map.of("ZINX_PORT", "tcp://10.96.0.7:8999", "ZINX_NAME", "of the environment"));
		add("behind", Map.of("zinx.port", "1", "zinx.name", "behind"));
		sources.addFirst(new MapPropertySource("front", Map.of("zinx.host", "in.front")));
		sources.addFirst(Objects.requireNonNull(sources.remove(VARIABLES)));
		sources.addLast(new SystemEnvironmentPropertySource("other-" + VARIABLES,
				Map.of("ZINX_PORT", "tcp://10.96.0.8:1", "ZINX_BACKLOG", "5")));
		ConfigurationPropertySources.attach(this.environment);
		List<String> before = sources.stream().map((source) -> source.getName()).toList();
		ZinxProperties properties = bind();
		assertThat(sources.stream().map((source) -> source.getName())).containsExactlyElementsOf(before);
		assertThat(properties.getPort()).isEqualTo(1);
		assertThat(properties.getName()).isEqualTo("of the environment");
		assertThat(properties.getHost()).isEqualTo("in.front");
		assertThat(properties.getBacklog()).isEqualTo(5);
	}

	@Test
	void placeholdersSeeTheVariableNoMore() {
		variables(Map.of("ZINX_PORT", "tcp://10.96.0.7:8999"));
		add("application", Map.of("zinx.port", "${ZINX_PORT:4711}"));
		assertThat(bind().getPort()).isEqualTo(4711);
	}

	@Test
	void aPrefixOfTheApplicationIsKept() {
		this.application.setEnvironmentPrefix("shop");
		variables(Map.of("SHOP_ZINX_PORT", "tcp://10.96.0.7:8999", "SHOP_ZINX_MAXCONN", "7"));
		new SystemEnvironmentPropertySourceEnvironmentPostProcessor().postProcessEnvironment(this.environment,
				this.application);
		ZinxProperties properties = bind();
		assertThat(properties.getPort()).isEqualTo(8999);
		assertThat(properties.getMaxConn()).isEqualTo(7);
	}

	@Test
	void aPortIsAPort(CapturedOutput output) {
		variables(Map.of("ZINX_PORT", "4711", "ZINX_LOBBY_PORT", "tcp://10.96.0.9:80"));
		SystemEnvironmentPropertySource untouched = (SystemEnvironmentPropertySource) this.environment
			.getPropertySources()
			.get(VARIABLES);
		assertThat(bind().getPort()).isEqualTo(4711);
		assertThat(this.environment.getPropertySources().get(VARIABLES)).isSameAs(untouched);
		assertThat(output).doesNotContain("Ignored");
	}

	@Test
	void anApplicationWithoutAServerHearsNothing(CapturedOutput output) {
		variables(Map.of("ZINX_PORT", "tcp://10.96.0.7:8999", "ZINX_ENABLED", "false"));
		process();
		assertThat(output).doesNotContain("Ignored");
	}

	@Test
	void isPartOfEveryApplication() {
		SpringApplication application = new SpringApplication(ServiceLinkTests.class);
		application.setEnvironment(this.environment);
		application.setWebApplicationType(WebApplicationType.NONE);
		variables(Map.of("ZINX_PORT", "tcp://10.96.0.7:8999"));
		application.run().close();
		assertThat(this.environment.getProperty("ZINX_PORT")).isNull();
	}

	@Test
	void anyPortOfOursIsMeant() {
		assertThat(ServiceLinks.isAddress("ZINX_WEBSOCKET_PORT", "tcp://10.96.0.7:80")).isTrue();
		assertThat(ServiceLinks.isAddress("ZINX_WEBSOCKET_PORT", "80")).isFalse();
		assertThat(ServiceLinks.isAddress("ZINX_NAME", "tcp://10.96.0.7:80")).isFalse();
	}

	private void variables(Map<String, Object> variables) {
		this.environment.getPropertySources()
			.replace(VARIABLES, new SystemEnvironmentPropertySource(VARIABLES, new HashMap<>(variables)));
	}

	private void add(String name, Map<String, Object> properties) {
		this.environment.getPropertySources().addLast(new MapPropertySource(name, properties));
	}

	private ZinxProperties bind() {
		ConfigurationPropertySources.attach(this.environment);
		process();
		return Binder.get(this.environment).bindOrCreate("zinx", ZinxProperties.class);
	}

	private void process() {
		DeferredLogs logs = new DeferredLogs();
		new ServiceLinkEnvironmentPostProcessor(logs).postProcessEnvironment(this.environment, this.application);
		logs.switchOverAll();
	}

}
