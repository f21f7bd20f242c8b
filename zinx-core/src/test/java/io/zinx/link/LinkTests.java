package io.zinx.link;

import java.net.InetSocketAddress;
import java.net.SocketAddress;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkTests {

	private static final SocketAddress PEER = InetSocketAddress.createUnresolved("peer", 7);

	@Test
	void aChannelThatHasNoneOfItsOwnIsInPlainText() {
		EmbeddedChannel channel = new EmbeddedChannel();
		assertThat(Link.of(channel)).isSameAs(Link.PLAIN);
		assertThat(channel.hasAttr(Link.KEY)).as("memory for each connection").isFalse();
		Link own = new Link() {
		};
		channel.attr(Link.KEY).set(own);
		assertThat(Link.of(channel)).isSameAs(own);
		channel.attr(Link.KEY).set(null);
		assertThat(Link.of(channel)).isSameAs(Link.PLAIN);
		channel.close();
	}

	@Test
	void framesFlowInPlainTextFromTheFirstByteOn() {
		EmbeddedChannel channel = new EmbeddedChannel() {
			@Override
			protected SocketAddress remoteAddress0() {
				return PEER;
			}
		};
		assertThat(Link.PLAIN.isMidRecord()).isFalse();
		assertThat(Link.PLAIN.tlsSession()).isNull();
		assertThat(Link.PLAIN.remoteAddress(channel)).isEqualTo(PEER);
		channel.close();
	}

	@Test
	void onlyASocketWhoseInputIsOpenCanBeHalfClosed() {
		EmbeddedChannel inMemory = new EmbeddedChannel();
		assertThat(Link.PLAIN.canHalfClose(inMemory)).isFalse();
		DuplexEmbeddedChannel socket = new DuplexEmbeddedChannel();
		assertThat(Link.PLAIN.canHalfClose(socket)).isTrue();
		Link.PLAIN.closeOutput(socket);
		assertThat(socket.isOutputShutdown()).isTrue();
		assertThat(socket.isOpen()).isTrue();
		assertThat(Link.PLAIN.canHalfClose(socket)).isTrue();
		socket.shutdownInput();
		assertThat(Link.PLAIN.canHalfClose(socket)).isFalse();
		inMemory.close();
		socket.close();
	}

}
