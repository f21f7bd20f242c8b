package com.example.shop;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Router;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.stereotype.Component;

/**
 * Message 1 is an echo, 7 takes an order.
 */
@SpringBootApplication
public class ShopApplication {

	/**
	 * Start the application.
	 * @param args properties as {@code --name=value}
	 */
	public static void main(String[] args) {
		SpringApplication.run(ShopApplication.class, args);
	}

	@Bean
	@ZinxRouter(msgId = 1)
	Router echo() {
		return (request) -> request.reply(1, request.body());
	}

	@Component
	static class Orders {

		@ZinxRouter(msgId = 7, reply = 8)
		Receipt order(@Valid Purchase order) {
			return new Receipt(order.count() + " x " + order.item());
		}

	}

	record Purchase(@NotBlank String item, int count) {

	}

	record Receipt(String text) {

	}

}
