package io.zinx.sample.chat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.zinx.connection.CloseReason;
import io.zinx.connection.ConnManager;
import io.zinx.connection.Connection;
import io.zinx.sample.SampleApplication;
import io.zinx.session.DuplicateLogin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * People chat in Chromium. Only with the system property {@code zinx.proof.browser},
 * which {@code .ci/proof browser} sets; the pictures of the page are left in
 * {@code target/pictures}.
 */
@EnabledIfSystemProperty(named = "zinx.proof.browser", matches = "true")
class BrowserTests {

	private static final Path PICTURES = Path.of("target", "pictures");

	private static @Nullable ChromeDriver chromium;

	private final List<ChatPage> pages = new ArrayList<>();

	private @Nullable ConfigurableApplicationContext sample;

	@BeforeAll
	static void startChromium() {
		ChromeDriverService service = new ChromeDriverService.Builder()
			.usingDriverExecutable(new File("/usr/bin/chromedriver"))
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary("/usr/bin/chromium");
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en-US");
		chromium = new ChromeDriver(service, options);
		chromium.manage().timeouts().scriptTimeout(Duration.ofSeconds(40));
	}

	@AfterAll
	static void stopChromium() {
		browser().quit();
	}

	@BeforeEach
	void startSample() {
		this.sample = start(0, 0);
	}

	@AfterEach
	void stopSample() {
		for (ChatPage page : this.pages) {
			page.select().close();
		}
		browser().switchTo().window(browser().getWindowHandles().iterator().next());
		context().close();
	}

	@Test
	void peopleWhoAreInARoomTalk() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		ann.awaitLine("bob joined");
		assertThat(bob.people()).containsExactly("ann", "bob (you)");
		bob.say("hi, ann");
		ann.awaitLine("hi, ann");
		assertThat(ann.from("hi, ann")).isEqualTo("bob");
		ann.say("你好, bob");
		bob.awaitLine("你好, bob");
		bob.find("leave").click();
		ann.awaitLine("bob left");
		assertThat(ann.people()).containsExactly("ann (you)");
		assertThat(bob.isShown("entrance")).isTrue();
	}

	@Test
	void whatIsToldToOneIsSeenByNobodyElse() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		ChatPage carl = open("localhost").enter("carl", "lobby").awaitRoom("lobby");
		ann.tell("bob", "between us");
		bob.awaitLine("between us");
		assertThat(bob.from("between us")).isEqualTo("ann to you");
		ann.awaitLine("between us");
		assertThat(ann.from("between us")).isEqualTo("you to bob");
		bob.say("to all");
		carl.awaitLine("to all");
		assertThat(carl.lines()).doesNotContain("between us");
	}

	@Test
	void aPersonWhoMovesIsInTheNewRoomOnly() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		bob.find("next").sendKeys("cellar");
		bob.find("next").submit();
		bob.awaitRoom("cellar");
		ann.awaitLine("bob left");
		ann.say("where is bob?");
		bob.say("it is dark here");
		bob.awaitLine("it is dark here");
		assertThat(bob.lines()).doesNotContain("where is bob?");
		assertThat(bob.people()).containsExactly("bob (you)");
	}

	@Test
	void markupIsText() {
		String markup = "<img src=x onerror=\"window.broken = true\"><b>bold</b><script>window.broken = true</script>";
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		bob.say(markup);
		ann.awaitLine(markup);
		bob.tell("ann", markup);
		ChatPage.await(() -> assertThat(ann.lines()).filteredOn(markup::equals).hasSize(2));
		assertThat(ann.script("return document.querySelectorAll('#log img, #log b, #log script').length"))
			.isEqualTo(0L);
		assertThat(ann.script("return window.broken")).isNull();
	}

	@Test
	void pagesFindTheServerAgainAfterARestart() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		int zinx = port("local.zinx.server.port");
		int http = port("local.server.port");
		context().close();
		ann.awaitStatus("Connection lost");
		assertThat(ann.isShown("again")).isTrue();
		this.sample = start(zinx, http);
		ann.awaitStatus("Connected");
		bob.awaitStatus("Connected");
		ChatPage.await(() -> assertThat(connections().group("lobby").size()).isEqualTo(2));
		ann.say("there we are");
		bob.awaitLine("there we are");
	}

	@Test
	void whoIsRemovedIsToldAndStaysAwayUnlessHeWantsBack() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		connection("ann").close(CloseReason.KICKED);
		ann.awaitStatus("You were removed from the chat");
		Awaitility.await()
			.during(Duration.ofSeconds(2))
			.atMost(Duration.ofSeconds(10))
			.until(() -> connections().size() == 0);
		ann.find("again").click();
		ann.awaitStatus("Connected");
		ChatPage.await(() -> assertThat(connections().byKey("ann")).isNotNull());
	}

	@Test
	void aNameIsOfOnePersonOnly() {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage other = open("localhost").enter("ann", "lobby");
		ChatPage.await(() -> assertThat(other.text("problem")).isEqualTo("The name ann is taken"));
		other.enter("anna", "lobby").awaitRoom("lobby");
		ann.awaitLine("anna joined");
		connection("anna").bind("ann", DuplicateLogin.KICK_OLD);
		ann.awaitStatus("Your name has logged in elsewhere");
	}

	@Test
	void aPageOfAnotherHostIsRefused() {
		ChatPage page = open("127.0.0.1");
		assertThat(connect(page, "127.0.0.1")).isEqualTo("open");
		assertThat(connect(page, "localhost")).isEqualTo("1006");
	}

	@Test
	void theHeartbeatsOfAPageAreAnswered() {
		ChatPage page = open("localhost");
		assertThat(page.scriptWithResult("""
				const [url, done] = arguments;
				import("/zinx/zinx.js").then(({ ZinxClient }) => {
				  const client = new ZinxClient({ url, heartbeat: { interval: 200 } });
				  client.on(99999, (message) => done(message.text()));
				  client.connect();
				});
				""", "ws://localhost:" + port("local.zinx.server.port") + "/")).asString().startsWith("heartbeat [");
	}

	@Test
	void thePageCanBeReadInLightInDarkAndOnAPhone() throws IOException {
		ChatPage ann = open("localhost").enter("ann", "lobby").awaitRoom("lobby");
		ChatPage bob = open("localhost").enter("bob", "lobby").awaitRoom("lobby");
		ann.awaitLine("bob joined");
		ann.say("Dinner is ready!");
		bob.awaitLine("Dinner is ready!");
		bob.say("On my way. What is it?");
		ann.awaitLine("On my way. What is it?");
		ann.say("Soup and a salad");
		bob.awaitLine("Soup and a salad");
		bob.tell("ann", "Shall I bring a cake for Carl's birthday?");
		ann.awaitLine("Shall I bring a cake for Carl's birthday?");
		picture(ann, "light", 760, 640, "light");
		picture(ann, "dark", 760, 640, "dark");
		picture(ann, "phone", 500, 860, "light");
		picture(open("localhost"), "entrance", 760, 640, "light");
		context().close();
		ann.awaitStatus("Connection lost");
		picture(ann, "lost", 500, 860, "dark");
		assertThat(ann.script("return document.documentElement.scrollWidth <= window.innerWidth")).isEqualTo(true);
	}

	private static void picture(ChatPage page, String name, int width, int height, String scheme) throws IOException {
		ChromeDriver browser = page.select();
		browser.manage().window().setSize(new Dimension(width, height));
		browser.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
		Files.createDirectories(PICTURES);
		Files.write(PICTURES.resolve(name + ".png"), browser.getScreenshotAs(OutputType.BYTES));
	}

	private @Nullable Object connect(ChatPage page, String host) {
		return page.scriptWithResult("""
				const [url, done] = arguments;
				import("/zinx/zinx.js").then(({ ZinxClient }) => {
				  const client = new ZinxClient({ url, reconnect: false });
				  client.on("open", () => done("open")).on("close", ({ code }) => done(String(code)));
				  client.connect();
				});
				""", "ws://" + host + ":" + port("local.zinx.server.port") + "/");
	}

	private ChatPage open(String host) {
		ChatPage page = new ChatPage(browser(), "http://" + host + ":" + port("local.server.port") + "/");
		this.pages.add(page);
		return page;
	}

	private static ConfigurableApplicationContext start(int zinx, int http) {
		return new SpringApplicationBuilder(SampleApplication.class).run("--zinx.port=" + zinx,
				"--server.port=" + http);
	}

	private int port(String name) {
		return context().getEnvironment().getRequiredProperty(name, Integer.class);
	}

	private ConnManager connections() {
		return context().getBean(ConnManager.class);
	}

	private Connection connection(String user) {
		return requireNonNull(connections().byKey(user));
	}

	private ConfigurableApplicationContext context() {
		return requireNonNull(this.sample);
	}

	private static ChromeDriver browser() {
		return requireNonNull(chromium);
	}

}
