package io.zinx.boot.test.app;

import java.util.ArrayList;
import java.util.List;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.boot.test.client.ZinxTestClients;
import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each test has clients of its own, which are closed after it.
 */
abstract class ClientLifeContract {

	private static final List<Connection> before = new ArrayList<>();

	@Autowired
	ZinxTestClient ann;

	@Autowired
	ZinxTestClient bob;

	@Autowired
	ZinxTestClients clients;

	@Autowired
	ConnManager connections;

	@RepeatedTest(3)
	void eachTestHasClientsOfItsOwn(@Autowired ZinxTestClient carl) {
		Awaitility.await().until(() -> before.stream().allMatch((connection) -> !connection.isOpen()));
		assertThat(before).allMatch((connection) -> connection.closeReason() == CloseReason.PEER_CLOSED);
		Awaitility.await().until(() -> this.connections.size() == 3);
		List<Connection> now = new ArrayList<>();
		for (ZinxTestClient client : List.of(this.ann, this.bob, carl, this.clients.connect())) {
			assertThat(client.exchange(1, "ping")).hasText("ping");
			now.add(client.connection());
		}
		assertThat(now).doesNotHaveDuplicates().noneMatch(before::contains);
		before.addAll(now);
	}

}
