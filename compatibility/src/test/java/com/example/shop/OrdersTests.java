package com.example.shop;

import com.example.shop.ShopApplication.Orders;
import com.example.shop.ShopApplication.Purchase;
import com.example.shop.ShopApplication.Receipt;
import io.zinx.boot.test.autoconfigure.ZinxTest;
import io.zinx.boot.test.client.ZinxTestClient;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@ZinxTest(Orders.class)
class OrdersTests {

	@Test
	void slicesAnswer(@Autowired ZinxTestClient client) {
		assertThat(client.send(7, new Purchase("tea", 3)).receive(8)).hasPayload(new Receipt("3 x tea"));
	}

}
