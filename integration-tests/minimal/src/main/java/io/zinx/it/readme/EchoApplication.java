package io.zinx.it.readme;

import io.zinx.boot.routing.ZinxRouter;
import io.zinx.routing.Router;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

@SpringBootApplication
class EchoApplication {

	@Bean
	@ZinxRouter(msgId = 1)
	Router echo() {
		return (request) -> request.reply(1, request.body());
	}

	public static void main(String[] args) {
		SpringApplication.run(EchoApplication.class, args);
	}

}
