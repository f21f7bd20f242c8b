package io.zinx.boot.test.app;

import io.zinx.boot.test.autoconfigure.ZinxTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@ZinxTest(routers = Doors.class, properties = "zinx.codec=ltv")
class ZinxTestOfOneRouterTests extends ZinxTestContract {

	@Test
	void otherComponentsAreNot() {
		assertThat(this.client.exchange(1, "ping")).hasText("ping");
		assertThat(this.server.config().codec().name()).isEqualTo("ltv");
		assertThat(this.context.getBeanNamesForType(Orders.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(Warehouse.class)).isEmpty();
		assertThat(this.context.getBeanNamesForType(Problems.class)).isNotEmpty();
	}

}
