package io.zinx.boot.test.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.zinx.boot.autoconfigure.ZinxAutoConfiguration;
import io.zinx.boot.test.autoconfigure.ZinxTest;
import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.server.ZinxServer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.NestedTestConfiguration;
import org.springframework.test.context.NestedTestConfiguration.EnclosingConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

@NestedTestConfiguration(EnclosingConfiguration.OVERRIDE)
class ZinxTestTests {

	@Nested
	@ZinxTest
	@Import(Warehouse.class)
	class AllRouters extends Slice {

		@Test
		void routersAdviceJsonAndValidationAreThere() {
			assertThat(this.client.exchange(1, "ping")).hasText("ping");
			assertThat(this.client.exchange(9, "tea")).hasText("shelf of tea");
			assertThat(this.client.send(7, new Purchase("", 3)).receive(8)).hasText("invalid");
		}

	}

	@Nested
	@ZinxTest(routers = Doors.class, properties = "zinx.codec=ltv")
	class OneRouter extends Slice {

		@Test
		void otherComponentsAreNot() {
			assertThat(this.client.exchange(1, "ping")).hasText("ping");
			assertThat(this.server.config().codec().name()).isEqualTo("ltv");
			assertThat(this.context.getBeanNamesForType(Orders.class)).isEmpty();
			assertThat(this.context.getBeanNamesForType(Warehouse.class)).isEmpty();
			assertThat(this.context.getBeanNamesForType(Problems.class)).isNotEmpty();
		}

	}

	@Nested
	@ZinxTest(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Warehouse.class),
			excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Problems.class))
	class Filtered extends Slice {

		@Test
		void filtersHold() {
			assertThat(this.client.exchange(9, "tea")).hasText("shelf of tea");
			assertThat(this.context.getBeanNamesForType(Problems.class)).isEmpty();
		}

		@Test
		void everyAutoConfigurationThatHandlersMayNeedIsPartOfTheSlice() throws IOException {
			List<String> ours = imports("org.springframework.boot.autoconfigure.AutoConfiguration").stream()
				.filter((name) -> !name.matches(".*\\.(endpoint|health|info|metrics|observation)\\..*"))
				.toList();
			assertThat(ours).contains(ZinxAutoConfiguration.class.getName());
			assertThat(imports("io.zinx.boot.test.autoconfigure.AutoConfigureZinx")).containsAll(ours);
		}

		private static List<String> imports(String annotation) throws IOException {
			List<String> names = new ArrayList<>();
			for (URL url : Collections
				.list(ZinxTest.class.getClassLoader().getResources("META-INF/spring/" + annotation + ".imports"))) {
				if (url.getPath().contains("/zinx-")) {
					try (InputStream in = url.openStream()) {
						new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(names::add);
					}
				}
			}
			return names;
		}

	}

	abstract static class Slice {

		@Autowired
		ApplicationContext context;

		@Autowired
		ZinxServer server;

		@Autowired
		ZinxTestClient client;

		@Test
		void theServerHasNoPort() {
			assertThat(this.server.transportKind()).isEqualTo("in-memory");
			assertThat(this.context.getEnvironment().getProperty("local.zinx.server.port")).isNull();
			assertThat(this.context.getEnvironment().getProperty("zinx.name")).isEqualTo("tested");
		}

	}

}
