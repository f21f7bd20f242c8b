package io.zinx.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.zinx.dispatch.WorkerMode;
import io.zinx.testing.ChildJvm;
import io.zinx.testing.SocketClient;
import io.zinx.testing.TestLink;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server with default bounds where direct memory is short, as buildpacks set it.
 */
class SmallMemoryTests {

	private static final int SLOW = 20;

	@ParameterizedTest
	@EnumSource(WorkerMode.class)
	void clientsThatReadAreServedWhateverTheOthersAskFor(WorkerMode mode) throws Exception {
		Process process = server(mode);
		try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
			int port = Integer.parseInt(out.readLine());
			List<SocketClient> slow = new ArrayList<>();
			for (int i = 0; i < SLOW; i++) {
				SocketClient client = SocketClient.connect(port, 4096, TestLink.TCP);
				for (int j = 0; j < 6; j++) {
					client.send(2, "");
				}
				slow.add(client);
				// From here on it is the one that has not read for longer than the next.
				client.receiveRaw(1);
				try (SocketClient honest = SocketClient.connectPlain(port)) {
					for (int j = 0; j < 5; j++) {
						assertThat(honest.send(1, "echo").receive().text()).isEqualTo("echo");
						assertThat(honest.send(2, "").receive().body()).hasSize(SmallMemoryServer.MUCH);
					}
				}
			}
			slow.forEach(SocketClient::close);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static Process server(WorkerMode mode) throws IOException {
		return ChildJvm.of(List.of("-Xmx512m", "-XX:MaxDirectMemorySize=10m"), SmallMemoryServer.class, mode.name())
			.start();
	}

}
