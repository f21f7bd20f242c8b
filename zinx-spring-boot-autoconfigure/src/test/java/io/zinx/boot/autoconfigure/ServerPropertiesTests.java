package io.zinx.boot.autoconfigure;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class ServerPropertiesTests {

	@Test
	void bindToAnyPrefixWithTheDefaultsOfTheApplication() {
		ServerProperties lobby = bind("servers.lobby", ServerProperties.class);
		assertThat(lobby.getMaxConn()).isEqualTo(7);
		assertThat(lobby.getCodec()).isEqualTo(ZinxProperties.Codec.LTV);
		assertThat(lobby.getSocket().getSendBuffer()).isEqualTo(DataSize.ofKilobytes(64));
		assertThat(lobby.getShutdown().getGracePeriod()).isEqualTo(Duration.ofSeconds(3));
		assertThat(lobby.getPort()).isEqualTo(new ZinxProperties().getPort());
	}

	@Test
	void areThoseOfTheApplicationWithItsOwn() {
		ZinxProperties application = bind("zinx", ZinxProperties.class);
		assertThat(application.getConfigFile()).isEqualTo("game.json");
		assertThat(application.getMaxConn()).isEqualTo(9);
	}

	@Test
	void areBoundInANativeImageThoughInherited() {
		RuntimeHints hints = new RuntimeHints();
		BindableRuntimeHintsRegistrar.forTypes(ZinxProperties.class).registerHints(hints);
		for (String setter : new String[] { "setMaxConn", "setCodec", "setWorkerMode" }) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ServerProperties.class, setter))
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ZinxProperties.class, "setConfigFile"))
			.accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ZinxProperties.Socket.class, "setSendBuffer"))
			.accepts(hints);
	}

	private static <T> T bind(String prefix, Class<T> type) {
		Map<String, String> values = Map.of("servers.lobby.max-conn", "7", "servers.lobby.codec", "ltv",
				"servers.lobby.socket.send-buffer", "64KB", "servers.lobby.shutdown.grace-period", "3s",
				"zinx.config-file", "game.json", "zinx.max-conn", "9");
		return new Binder(new MapConfigurationPropertySource(values)).bind(prefix, type).get();
	}

}
