package io.zinx.boot.test.client;

import java.nio.charset.StandardCharsets;

import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractByteArrayAssert;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;

import org.springframework.test.json.JsonContent;
import org.springframework.test.json.JsonContentAssert;

/**
 * Assertions about a message that a test client has received.
 */
public final class ReceivedMessageAssert extends AbstractAssert<ReceivedMessageAssert, ReceivedMessage> {

	ReceivedMessageAssert(ReceivedMessage actual) {
		super(actual, ReceivedMessageAssert.class);
	}

	/**
	 * Check the message number.
	 * @param msgId the expected number, 0 to 4294967295
	 * @return this
	 */
	public ReceivedMessageAssert hasMsgId(long msgId) {
		if (this.actual.msgId() != msgId) {
			throw failureWithActualExpected(this.actual.msgId(), msgId, "Expected message %s, but was %s", msgId,
					this.actual);
		}
		return this;
	}

	/**
	 * Check the whole body as text in the application's charset.
	 * @param text the expected text
	 * @return this
	 */
	public ReceivedMessageAssert hasText(String text) {
		text().isEqualTo(text);
		return this;
	}

	/**
	 * Check the whole body.
	 * @param body the expected bytes
	 * @return this
	 */
	public ReceivedMessageAssert hasBody(byte[] body) {
		body().isEqualTo(body);
		return this;
	}

	/**
	 * Check the whole body.
	 * @param body the expected bytes, -128 to 255 each
	 * @return this
	 */
	public ReceivedMessageAssert hasBody(int... body) {
		body().containsExactly(body);
		return this;
	}

	/**
	 * Check that there is no body.
	 * @return this
	 */
	public ReceivedMessageAssert isEmpty() {
		body().isEmpty();
		return this;
	}

	/**
	 * Check the body as JSON, leniently: regardless of its layout and order, and of
	 * additional fields.
	 * @param json the expected JSON
	 * @return this
	 */
	public ReceivedMessageAssert hasJson(String json) {
		try {
			json().isLenientlyEqualTo(json);
			return this;
		}
		catch (IllegalStateException ex) {
			throw failure("Expected JSON, but was %s", this.actual);
		}
	}

	/**
	 * Check the body as a value, read in the application's format.
	 * @param value the expected value, of the type to read
	 * @return this
	 */
	public ReceivedMessageAssert hasPayload(Object value) {
		payload(value.getClass()).isEqualTo(value);
		return this;
	}

	/**
	 * Go on with the body as text in the application's charset.
	 * @return assertions about it
	 */
	public AbstractStringAssert<?> text() {
		return Assertions.assertThat(this.actual.text()).as(this.actual.toString());
	}

	/**
	 * Go on with the bytes of the body.
	 * @return assertions about them
	 */
	public AbstractByteArrayAssert<?> body() {
		return Assertions.assertThat(this.actual.body()).as(this.actual.toString());
	}

	/**
	 * Go on with the body as JSON: {@code json().extractingPath("$.text")…}.
	 * @return assertions about it
	 */
	public JsonContentAssert json() {
		return new JsonContentAssert(new JsonContent(this.actual.text(StandardCharsets.UTF_8)))
			.as(this.actual.toString());
	}

	/**
	 * Go on with the body as a value, read in the application's format.
	 * @param <T> the type
	 * @param type the type
	 * @return assertions about it
	 */
	public <T> ObjectAssert<T> payload(Class<T> type) {
		return Assertions.assertThatObject(this.actual.as(type)).as(this.actual.toString());
	}

}
