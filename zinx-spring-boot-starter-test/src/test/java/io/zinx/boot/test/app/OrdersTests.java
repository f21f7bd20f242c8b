package io.zinx.boot.test.app;

import io.zinx.boot.test.client.ZinxTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class OrdersTests {

	@Autowired
	ZinxTestClient client;

	@Test
	void answersOrders() {
		this.client.send(7, new Purchase("tea", 3));
		assertThat(this.client.receive(8)).hasPayload(new Receipt("3 x tea"));
	}

}
