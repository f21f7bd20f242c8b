package io.zinx.bench;

import java.util.HashMap;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zinx.bench.load.LoadClient;
import io.zinx.boot.routing.ZinxRouter;
import io.zinx.connection.ConnManager;
import io.zinx.routing.Router;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * {@link EchoServer} as a Spring application: {@code PORT MODE [WORKERS]}, a router bean,
 * a meter registry with all of the starter's meters. The same settings and system
 * properties, but for counting, which is on.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
public class SpringEchoServer {

	@Bean
	@ZinxRouter(msgId = LoadClient.ECHO)
	Router echo() {
		return EchoServer.echo();
	}

	@Bean
	@ZinxRouter(msgId = LoadClient.SLEEP)
	Router sleep() {
		return Waiting.sleep();
	}

	@Bean
	@ZinxRouter(msgId = LoadClient.READ)
	Router read() {
		return Waiting.read();
	}

	@Bean
	@ZinxRouter(msgId = LoadClient.QUERY)
	Router query() {
		return Waiting.query();
	}

	@Bean
	@ZinxRouter(msgId = LoadClient.COMPUTE)
	Router compute() {
		return EchoServer.compute();
	}

	@Bean
	@ZinxRouter(msgId = LoadClient.BROADCAST)
	Router broadcast(ConnManager connections) {
		return EchoServer.broadcast(connections);
	}

	@Bean
	MeterRegistry meterRegistry() {
		return new SimpleMeterRegistry();
	}

	/**
	 * Start the application.
	 * @param args the port, the worker mode and the number of workers
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(SpringEchoServer.class);
		application.setDefaultProperties(properties(args));
		application.run();
		ServerControl.listen();
	}

	private static Map<String, Object> properties(String[] args) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.main.banner-mode", "off");
		properties.put("zinx.host", "127.0.0.1");
		properties.put("zinx.port", args[0]);
		properties.put("zinx.event-loops", Integer.getInteger("zinx.bench.loops", 1));
		properties.put("zinx.max-packet-size", EchoServer.MAX_PACKET_SIZE);
		properties.put("zinx.heartbeat.mode", "check-only");
		properties.put("zinx.heartbeat.timeout", EchoServer.HEARTBEAT_TIMEOUT);
		properties.put("zinx.worker-mode", args[1]);
		if (args.length > 2) {
			properties.put("zinx.worker-pool-size", args[2]);
		}
		TlsKeyStore keys = TlsKeyStore.given();
		if (keys != null) {
			properties.putAll(properties(keys));
		}
		properties.put("zinx.websocket.same-port", WebSockets.given());
		return properties;
	}

	private static Map<String, Object> properties(TlsKeyStore keys) {
		String bundle = "spring.ssl.bundle.jks.echo.";
		return Map.of("zinx.ssl.bundle", "echo", bundle + "keystore.location", keys.file().toUri().toString(),
				bundle + "keystore.type", TlsKeyStore.TYPE, bundle + "keystore.password", TlsKeyStore.PASSWORD,
				bundle + "options.enabled-protocols", TlsKeyStore.PROTOCOL);
	}

}
