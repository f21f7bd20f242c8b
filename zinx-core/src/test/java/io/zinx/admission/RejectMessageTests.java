package io.zinx.admission;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.codec.TlvCodec;
import io.zinx.message.Message;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RejectMessageTests {

	private final RejectMessage rejection = new RejectMessage(new TlvCodec(), new Message(503, new byte[0]));

	@Test
	void onlySoManyAreToldAtOneTime() {
		List<EmbeddedChannel> told = new ArrayList<>();
		for (int i = 0; i < RejectMessage.MOST; i++) {
			told.add(turnedTo());
		}
		assertThat(told).allMatch(EmbeddedChannel::isOpen);
		assertThat(turnedTo().isOpen()).isFalse();
		told.get(0).close();
		EmbeddedChannel next = turnedTo();
		assertThat(next.isOpen()).isTrue();
		assertThat(turnedTo().isOpen()).isFalse();
		told.forEach(EmbeddedChannel::close);
		next.close();
	}

	private EmbeddedChannel turnedTo() {
		EmbeddedChannel channel = new EmbeddedChannel();
		this.rejection.turnAway(channel, (connection) -> {
			throw new AssertionError("admitted " + connection);
		});
		return channel;
	}

}
