package io.zinx.boot.test.app;

import io.zinx.boot.routing.ZinxRouter;
import jakarta.validation.Valid;

import org.springframework.stereotype.Component;

/**
 * Message 7 buys, message 9 asks where something is.
 */
@Component
class Orders {

	private final Warehouse warehouse;

	Orders(Warehouse warehouse) {
		this.warehouse = warehouse;
	}

	@ZinxRouter(msgId = 7, reply = 8)
	Receipt order(@Valid Purchase order) {
		return new Receipt(order.count() + " x " + order.item());
	}

	@ZinxRouter(msgId = 9)
	String where(String item) {
		return this.warehouse.find(item);
	}

}
