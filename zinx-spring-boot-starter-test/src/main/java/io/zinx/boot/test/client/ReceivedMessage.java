package io.zinx.boot.test.client;

import java.nio.charset.Charset;
import java.util.HexFormat;

import org.assertj.core.api.AssertProvider;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

/**
 * A message that a test client has received. AssertJ's {@code assertThat} takes it:
 *
 * <pre class="code">
 * assertThat(client.receive(8)).hasText("pong");</pre>
 */
public final class ReceivedMessage implements AssertProvider<ReceivedMessageAssert> {

	private static final int LONGEST_SHOWN = 200;

	private final long msgId;

	private final byte[] body;

	private final PayloadConversion conversion;

	ReceivedMessage(long msgId, byte[] body, PayloadConversion conversion) {
		this.msgId = msgId;
		this.body = body;
		this.conversion = conversion;
	}

	/**
	 * The message number.
	 * @return 0 to 4294967295
	 */
	public long msgId() {
		return this.msgId;
	}

	/**
	 * The body.
	 * @return a copy
	 */
	public byte[] body() {
		return this.body.clone();
	}

	/**
	 * The body as text in the application's charset, {@code zinx.payload-charset}.
	 * @return the text; bytes that are no text become U+FFFD
	 */
	public String text() {
		return text(this.conversion.charset());
	}

	/**
	 * The body as text.
	 * @param charset its charset
	 * @return the text; bytes that are no text become U+FFFD
	 */
	public String text(Charset charset) {
		return new String(this.body, charset);
	}

	/**
	 * The body as a value, read in the application's format, {@code zinx.payload}.
	 * @param <T> the type
	 * @param type the type
	 * @return the value
	 * @throws AssertionError if the body is not such a value
	 */
	public <T> T as(Class<T> type) {
		return type.cast(this.conversion.read(this, ResolvableType.forClass(type)));
	}

	/**
	 * The body as a value of a generic type, as {@link #as(Class)}.
	 * @param <T> the type
	 * @param type the type, for example {@code new
	 * ParameterizedTypeReference<List<String>>() { }}
	 * @return the value
	 * @throws AssertionError if the body is not such a value
	 */
	@SuppressWarnings("unchecked")
	public <T> T as(ParameterizedTypeReference<T> type) {
		return (T) this.conversion.read(this, ResolvableType.forType(type));
	}

	@Override
	public ReceivedMessageAssert assertThat() {
		return new ReceivedMessageAssert(this);
	}

	/**
	 * Return the number and the body, as text if it is text.
	 */
	@Override
	public String toString() {
		String text = text();
		boolean readable = text.codePoints().allMatch(ReceivedMessage::isReadable);
		String shown = readable ? "\"" + text + "\"" : HexFormat.ofDelimiter(" ").formatHex(this.body);
		String cut = (shown.length() > LONGEST_SHOWN)
				? shown.substring(0, LONGEST_SHOWN) + "… (" + this.body.length + " bytes)" : shown;
		return "message " + this.msgId + " " + cut;
	}

	private static boolean isReadable(int codePoint) {
		return (!Character.isISOControl(codePoint) || Character.isWhitespace(codePoint)) && codePoint != 0xFFFD;
	}

}
