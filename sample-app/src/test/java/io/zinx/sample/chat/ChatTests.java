package io.zinx.sample.chat;

import java.util.List;

import io.zinx.boot.test.client.ZinxTestClient;
import io.zinx.connection.ConnManager;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
class ChatTests {

	@Autowired
	private ZinxTestClient ann;

	@Autowired
	private ZinxTestClient bob;

	private final MockMvcTester web;

	@Autowired
	private ConnManager connections;

	ChatTests(@Autowired WebApplicationContext context) {
		this.web = MockMvcTester.from(context);
	}

	/**
	 * The clients of the test before are gone only when the server has heard of it.
	 */
	@BeforeEach
	void onlyAnnAndBobAreThere() {
		Awaitility.await().until(() -> this.connections.size() == 2);
	}

	@Test
	void whatIsSaidInARoomIsHeardByAllWhoAreInIt(@Autowired ZinxTestClient outside) {
		enter(this.ann, "ann", "lobby");
		enter(this.bob, "bob", "lobby");
		enter(outside, "carl", "cellar");
		this.ann.send(13, new Say("lobby", "dinner is ready"));
		for (ZinxTestClient client : List.of(this.ann, this.bob)) {
			assertThat(client.receive(20)).hasPayload(new ChatMessage("lobby", "ann", "dinner is ready"));
		}
		outside.send(1, "ping");
		assertThat(outside.receive()).hasMsgId(1);
	}

	@Test
	void whoIsInARoomHearsWhoComesAndGoes() {
		enter(this.ann, "ann", "lobby");
		enter(this.bob, "bob", "lobby");
		assertThat(this.ann.receive(21)).hasPayload(new Presence("lobby", "bob", "joined"));
		assertThat(this.bob.exchange(12, new Place("lobby"))).hasPayload(new Place("lobby"));
		assertThat(this.ann.receive(21)).hasPayload(new Presence("lobby", "bob", "left"));
		assertThat(this.bob.exchange(11, new Place("lobby"))).hasPayload(new Room("lobby", List.of("ann", "bob")));
		assertThat(this.ann.receive(21)).hasPayload(new Presence("lobby", "bob", "joined"));
		this.bob.close();
		assertThat(this.ann.receive(21)).hasPayload(new Presence("lobby", "bob", "left"));
	}

	@Test
	void wrongInputIsAnsweredReadably() {
		assertProblem(this.ann.send(11, new Place("lobby")), "Log in first, with message 10");
		assertProblem(this.ann.send(10, "{\"user\":"), "Message 10 does not accept this JSON");
		assertProblem(this.ann.send(10, new Login("a b")), "user must be 1 to 20 letters, digits or hyphens");
		enter(this.ann, "ann", "lobby");
		assertProblem(this.bob.send(10, new Login("ann")), "The name ann is taken");
		assertProblem(this.ann.send(10, new Login("anna")), "You are already logged in");
		assertProblem(this.ann.send(13, new Say("cellar", "hello")),
				"You are not in room cellar: join it with message 11");
		assertProblem(this.ann.send(13, new Say("lobby", " ")), "text must not be blank");
	}

	@Test
	void aNameIsFreeAgainWhenItsUserHasGone() {
		enter(this.ann, "ann", "lobby");
		this.ann.close();
		Awaitility.await().until(() -> this.connections.byKey("ann") == null);
		assertThat(this.bob.exchange(10, new Login("ann"))).hasPayload(new Login("ann"));
	}

	@Test
	void theWebSeesWhoIsInWhichRoom() {
		assertThat(this.web.get().uri("/rooms")).bodyJson().isLenientlyEqualTo("[]");
		enter(this.ann, "ann", "lobby");
		enter(this.bob, "bob", "lobby");
		assertThat(this.bob.exchange(11, new Place("cellar"))).hasPayload(new Room("cellar", List.of("bob")));
		assertThat(this.web.get().uri("/rooms")).hasStatusOk().bodyJson().isLenientlyEqualTo("""
				[{"room":"cellar","users":["bob"]},{"room":"lobby","users":["ann","bob"]}]""");
	}

	@Test
	void theWebPushesToAUser() {
		enter(this.ann, "ann", "lobby");
		assertThat(push("ann", "{\"text\":\"your parcel is here\"}")).hasStatusOk();
		assertThat(this.ann.receive(22)).hasPayload(new Push("your parcel is here"));
		assertThat(push("nobody", "{\"text\":\"hello\"}")).hasStatus(404);
		assertThat(push("ann", "{\"text\":\"\"}")).hasStatus(400);
	}

	private MockMvcTester.MockMvcRequestBuilder push(String user, String json) {
		return this.web.post().uri("/push/" + user).contentType(MediaType.APPLICATION_JSON).content(json);
	}

	private static void enter(ZinxTestClient client, String user, String room) {
		assertThat(client.exchange(10, new Login(user))).hasPayload(new Login(user));
		assertThat(client.exchange(11, new Place(room)).as(Room.class).users()).contains(user);
	}

	private static void assertProblem(ZinxTestClient client, String error) {
		assertThat(client.receive(99)).hasPayload(new Problem(error));
	}

}
