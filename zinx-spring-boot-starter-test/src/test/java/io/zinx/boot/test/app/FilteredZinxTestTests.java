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
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

import static org.assertj.core.api.Assertions.assertThat;

@ZinxTest(includeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Warehouse.class),
		excludeFilters = @Filter(type = FilterType.ASSIGNABLE_TYPE, classes = Problems.class))
class FilteredZinxTestTests extends ZinxTestContract {

	@Test
	void filtersHold() {
		assertThat(this.client.exchange(9, "tea")).hasText("shelf of tea");
		assertThat(this.context.getBeanNamesForType(Problems.class)).isEmpty();
	}

	/**
	 * A slice is one node: it needs no Redis, whatever the properties of the application.
	 */
	@Test
	void everyAutoConfigurationThatHandlersMayNeedIsPartOfTheSlice() throws IOException {
		List<String> ours = imports("org.springframework.boot.autoconfigure.AutoConfiguration").stream()
			.filter((name) -> !name.matches(".*\\.(cluster|endpoint|health|info|metrics|observation)\\..*"))
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
