package io.zinx.sample.chat;

import java.net.http.HttpResponse;
import java.util.List;

import io.zinx.boot.test.client.ZinxTestClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat on two nodes, over any backplane.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoNodes {

	protected Node first;

	protected Node second;

	/**
	 * Start a node of the cluster.
	 */
	protected abstract Node start();

	@BeforeAll
	void startNodes() {
		this.first = start();
		this.second = start();
		for (Node node : List.of(this.first, this.second)) {
			Awaitility.await().until(() -> node.cluster().nodes().size() == 2);
		}
	}

	@AfterAll
	void stopNodes() {
		this.first.close();
		this.second.close();
	}

	@Test
	void whatIsSaidInARoomIsHeardOnBothNodes() {
		try (ZinxTestClient ann = this.first.login("ann"); ZinxTestClient bob = this.second.login("bob")) {
			join(this.first, ann, "lobby");
			join(this.second, bob, "lobby");
			ann.send(13, "{\"room\":\"lobby\",\"text\":\"dinner is ready\"}");
			bob.send(13, "{\"room\":\"lobby\",\"text\":\"soon\"}");
			for (ZinxTestClient client : List.of(ann, bob)) {
				assertThat(client.receive(20).text() + client.receive(20).text())
					.contains("{\"room\":\"lobby\",\"user\":\"ann\",\"text\":\"dinner is ready\"}")
					.contains("{\"room\":\"lobby\",\"user\":\"bob\",\"text\":\"soon\"}");
			}
		}
	}

	@Test
	void whoIsInARoomHearsWhoComesAndGoesOnTheOtherNode() {
		ZinxTestClient dora = this.second.login("dora");
		try (ZinxTestClient carl = this.first.login("carl")) {
			join(this.first, carl, "kitchen");
			join(this.second, dora, "kitchen");
			assertThat(carl.receive(21)).hasText("{\"room\":\"kitchen\",\"user\":\"dora\",\"event\":\"joined\"}");
			dora.exchange(12, "{\"room\":\"kitchen\"}");
			assertThat(carl.receive(21)).hasText("{\"room\":\"kitchen\",\"user\":\"dora\",\"event\":\"left\"}");
			join(this.second, dora, "kitchen");
			assertThat(carl.receive(21)).hasText("{\"room\":\"kitchen\",\"user\":\"dora\",\"event\":\"joined\"}");
			dora.close();
			assertThat(carl.receive(21)).hasText("{\"room\":\"kitchen\",\"user\":\"dora\",\"event\":\"left\"}");
		}
	}

	@Test
	void aPrivateMessageReachesAUserOfTheOtherNode() {
		try (ZinxTestClient emma = this.first.login("emma"); ZinxTestClient fred = this.second.login("fred")) {
			assertThat(emma.exchange(14, "{\"to\":\"fred\",\"text\":\"psst\"}"))
				.hasText("{\"to\":\"fred\",\"state\":\"sent\",\"here\":0,\"nodes\":1}");
			assertThat(fred.receive(23)).hasText("{\"from\":\"emma\",\"text\":\"psst\"}");
			assertThat(emma.exchange(14, "{\"to\":\"nobody\",\"text\":\"psst\"}"))
				.hasText("{\"to\":\"nobody\",\"state\":\"no-receiver\",\"here\":0,\"nodes\":0}");
		}
	}

	@Test
	void theWebOfOneNodePushesToAUserOfTheOther() throws Exception {
		try (ZinxTestClient gina = this.first.login("gina")) {
			assertThat(this.second.get("/online/gina").body()).isEqualTo("true");
			HttpResponse<String> pushed = this.second.post("/push/gina", "{\"text\":\"your parcel is here\"}");
			assertThat(pushed.body()).isEqualTo("{\"to\":\"gina\",\"state\":\"sent\",\"here\":0,\"nodes\":1}");
			assertThat(pushed.statusCode()).isEqualTo(200);
			assertThat(gina.receive(22)).hasText("{\"text\":\"your parcel is here\"}");
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.second.get("/online/gina").body()).isEqualTo("false"));
		assertThat(this.second.post("/push/gina", "{\"text\":\"hello\"}").statusCode()).isEqualTo(404);
	}

	@Test
	void aNameIsTakenOnBothNodesAndFreeAgainWhenItsUserHasGone() {
		try (ZinxTestClient other = this.second.connect()) {
			ZinxTestClient hugo = this.first.login("hugo");
			other.send(10, "{\"user\":\"hugo\"}");
			assertThat(other.receive(99)).hasText("{\"error\":\"The name hugo is taken\"}");
			hugo.close();
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.second.get("/online/hugo").body()).isEqualTo("false"));
			assertThat(other.exchange(10, "{\"user\":\"hugo\"}")).hasText("{\"user\":\"hugo\"}");
		}
	}

	@Test
	void whatSomebodyShoutsIsHeardByEverybody() {
		try (ZinxTestClient here = this.first.connect(); ZinxTestClient there = this.second.connect()) {
			there.exchange(1, "I am connected");
			assertThat(here.send(2, "fire").receive(200)).hasText("fire");
			assertThat(there.receive(200)).hasText("fire");
		}
	}

	private static void join(Node node, ZinxTestClient client, String room) {
		assertThat(client.exchange(11, "{\"room\":\"" + room + "\"}").text()).contains(room);
		node.awaitSubscriptions();
	}

}
