package io.zinx.boot.test.app;

import io.zinx.boot.test.autoconfigure.ZinxTest;
import io.zinx.boot.test.client.ZinxTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

@ZinxTest(Orders.class)
class OrdersSliceTests {

	@MockitoBean
	Warehouse warehouse;

	@Test
	void findsGoods(@Autowired ZinxTestClient client) {
		given(this.warehouse.find("tea")).willReturn("on the table");
		assertThat(client.exchange(9, "tea")).hasText("on the table");
	}

}
