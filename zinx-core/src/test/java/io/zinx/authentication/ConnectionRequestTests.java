package io.zinx.authentication;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

import io.zinx.metrics.ConnectionTransport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConnectionRequestTests {

	private static ConnectionRequest request(@Nullable String query, Map<String, List<String>> headers) {
		return new ConnectionRequest(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
				ConnectionTransport.WS, null, "/chat", query, headers);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = { "-, token, -", "token=a%20b, token, a b", "a=1&token=2&token=3, token, 2",
			"token, token, ''", "tokens=1, token, -", "token=%zz, token, -" })
	void parametersOfTheQueryAreDecoded(@Nullable String query, String name, @Nullable String value) {
		assertThat(request(query, Map.of()).queryParameter(name)).isEqualTo(value);
	}

	@Test
	void headersHaveNamesInAnyCase() {
		ConnectionRequest request = request(null, Map.of("X-Token", List.of("a", "b")));
		assertThat(request.header("x-token")).isEqualTo("a");
		assertThat(request.headers().get("X-TOKEN")).containsExactly("a", "b");
		assertThat(request.header("x-other")).isNull();
	}

	@Test
	void cookiesAreFoundInAnyLine() {
		ConnectionRequest request = request(null,
				Map.of("cookie", List.of("a=1; session=abc; session=second", "theme=\"dark\"; broken")));
		assertThat(request.cookie("session")).isEqualTo("abc");
		assertThat(request.cookie("theme")).isEqualTo("dark");
		assertThat(request.cookie("other")).isNull();
		assertThat(request(null, Map.of()).cookie("session")).isNull();
	}

	@Test
	void itsTextHasNoSecrets() {
		ConnectionRequest request = request("token=secret", Map.of("cookie", List.of("session=secret")));
		assertThat(request).asString().contains("/chat", "127.0.0.1", "ws").doesNotContain("secret");
	}

	@Test
	void clientsWithoutWebSocketHaveNoPath() {
		ConnectionRequest request = new ConnectionRequest(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
				ConnectionTransport.TCP, null, null, null, Map.of());
		assertThat(request.isWebSocket()).isFalse();
		assertThat(request.queryParameter("token")).isNull();
		assertThat(request(null, Map.of()).isWebSocket()).isTrue();
	}

	@Test
	void decisionsAreChecked() {
		assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationResult.refuse(200, "fine"));
		assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationResult.refuse(600, "more"));
		assertThatIllegalArgumentException().isThrownBy(() -> AuthenticationResult.admit(""));
		assertThat(((AuthenticationResult.Admitted) AuthenticationResult.admit("ann")).principal()).isNotNull()
			.satisfies((ann) -> assertThat(ann.getName()).isEqualTo("ann"))
			.hasToString("ann")
			.isEqualTo(((AuthenticationResult.Admitted) AuthenticationResult.admit("ann")).principal());
	}

}
