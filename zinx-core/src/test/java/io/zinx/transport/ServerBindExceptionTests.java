package io.zinx.transport;

import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServerBindExceptionTests {

	@Test
	void saysInOnePhraseThatThePortIsInUse() {
		BindException epoll = new BindException("bind(..) failed with error(-98): Address already in use");
		ServerBindException ex = new ServerBindException("0.0.0.0", 8999, "zinx.port", epoll);
		assertThat(ex).hasMessage("Cannot listen on 0.0.0.0:8999: the port is in use").hasCause(epoll);
		assertThat(ex.isPortInUse()).isTrue();
		assertThat(ex.host()).isEqualTo("0.0.0.0");
		assertThat(ex.port()).isEqualTo(8999);
	}

	@Test
	void saysOfOtherCausesWhatTheSystemSays() {
		ServerBindException ex = new ServerBindException("192.0.2.1", 80, "zinx.port",
				new BindException("Cannot assign requested address"));
		assertThat(ex).hasMessage("Cannot listen on 192.0.2.1:80: Cannot assign requested address");
		assertThat(ex.isPortInUse()).isFalse();
	}

	@Test
	void saysThatThereIsNoSuchHostThoughTheSystemSaysNothing() {
		ServerBindException ex = new ServerBindException("no-such-host", 80, "zinx.port",
				new UnresolvedAddressException());
		assertThat(ex).hasMessage("Cannot listen on no-such-host:80: there is no such host");
		assertThat(ex.reason()).isEqualTo("there is no such host");
		assertThat(ex.isPortInUse()).isFalse();
	}

	@Test
	void survivesACauseWithoutWords() {
		ServerBindException ex = new ServerBindException("0.0.0.0", 80, "zinx.port", new BindException());
		assertThat(ex).hasMessage("Cannot listen on 0.0.0.0:80: java.net.BindException");
		assertThat(ex.isPortInUse()).isFalse();
	}

}
