package io.zinx.boot.test.app;

import io.zinx.boot.test.autoconfigure.ZinxTest;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

@ZinxTest
@Import(Warehouse.class)
class ZinxTestTests extends ZinxTestContract {

	@Test
	void routersAdviceJsonAndValidationAreThere() {
		assertThat(this.client.exchange(1, "ping")).hasText("ping");
		assertThat(this.client.exchange(9, "tea")).hasText("shelf of tea");
		assertThat(this.client.send(7, new Purchase("", 3)).receive(8)).hasText("invalid");
	}

}
