package io.zinx.sample.chat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the chat in a window of its own, used as a person uses it. One thread at a
 * time, since the windows share a browser.
 */
class ChatPage {

	private static final Duration PATIENCE = Duration.ofSeconds(40);

	private final ChromeDriver browser;

	private final String window;

	ChatPage(ChromeDriver browser, String url) {
		this.browser = browser;
		browser.switchTo().newWindow(WindowType.WINDOW);
		this.window = browser.getWindowHandle();
		browser.get(url);
	}

	ChatPage enter(String user, String room) {
		type("user", user);
		type("room", room);
		find("room").submit();
		return this;
	}

	ChatPage awaitRoom(String room) {
		await(() -> assertThat(text("place")).isEqualTo("Room " + room));
		return this;
	}

	void say(String text) {
		type("text", text);
		find("text").submit();
	}

	void tell(String user, String text) {
		await(() -> assertThat(people()).contains(user));
		new Select(find("to")).selectByValue(user);
		say(text);
	}

	void awaitLine(String line) {
		await(() -> assertThat(lines()).contains(line));
	}

	/**
	 * The text of each line of the log, without names and times.
	 */
	List<String> lines() {
		return texts("#log .text");
	}

	/**
	 * The name in front of a line, without the time.
	 */
	String from(String line) {
		String xpath = "//*[@id='log']//*[@class='text' and text()='" + line + "']/../*[@class='from']/text()";
		return String
			.valueOf(script(
					"return document.evaluate(arguments[0], document, null, XPathResult.STRING_TYPE).stringValue",
					xpath))
			.strip();
	}

	List<String> people() {
		return texts("#people li");
	}

	private List<String> texts(String selector) {
		Object found = script(
				"return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent).join('\\n')",
				selector);
		return Stream.of(String.valueOf(found).split("\n")).filter((line) -> !line.isEmpty()).toList();
	}

	void awaitStatus(String status) {
		await(() -> assertThat(text("status")).isEqualTo(status));
	}

	boolean isShown(String id) {
		return find(id).isDisplayed();
	}

	String text(String id) {
		return find(id).getText();
	}

	WebElement find(String id) {
		return select().findElement(By.id(id));
	}

	@Nullable Object script(String script, Object... arguments) {
		return select().executeScript(script, arguments);
	}

	/**
	 * Run a script that calls its last argument with the result.
	 */
	@Nullable Object scriptWithResult(String script, Object... arguments) {
		return select().executeAsyncScript(script, arguments);
	}

	ChromeDriver select() {
		this.browser.switchTo().window(this.window);
		return this.browser;
	}

	private void type(String id, String text) {
		WebElement input = find(id);
		input.clear();
		input.sendKeys(text);
	}

	static void await(Runnable assertion) {
		Awaitility.await().atMost(PATIENCE).untilAsserted(assertion::run);
	}

}
