package io.zinx.admission;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.zinx.codec.HtlvCrcCodec;
import io.zinx.codec.TlvCodec;
import io.zinx.connection.HalfClosingChannel;
import io.zinx.message.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RejectMessageTests {

	private final RejectMessage rejection = new RejectMessage(new TlvCodec(), new Message(503, new byte[0]));

	private final List<HalfClosingChannel> clients = new ArrayList<>();

	@AfterEach
	void closeChannels() {
		this.clients.forEach(HalfClosingChannel::dispose);
	}

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

	@Test
	void theMessageIsWrittenWholeBeforeTheOutputEnds() {
		HalfClosingChannel client = connected();
		assertThat(client.events()).containsExactly("wrote 8", "output ended");
		assertThat(client.takeWritten()).containsExactly(0, 0, 1, 0xF7, 0, 0, 0, 0);
		assertThat(client.isOpen()).isTrue();
	}

	@Test
	void whatTheClientStillSendsIsReadAndForgotten() {
		HalfClosingChannel client = connected();
		assertThat(client.config().isAutoRead()).isTrue();
		ByteBuf sent = Unpooled.buffer().writeInt(1);
		assertThat(client.writeInbound(sent)).as("anything left to read").isFalse();
		assertThat(sent.refCnt()).isZero();
		assertThat(client.isOpen()).isTrue();
	}

	@Test
	void aClientThatEndsIsLetGoAtOnce() {
		HalfClosingChannel client = connected();
		client.pipeline().fireUserEventTriggered("something else");
		assertThat(client.isOpen()).isTrue();
		client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(client.isOpen()).isFalse();
	}

	@Test
	void aClientThatFailsIsLetGoAtOnce() {
		HalfClosingChannel client = connected();
		client.pipeline().fireExceptionCaught(new IOException("reset"));
		assertThat(client.isOpen()).isFalse();
	}

	@Test
	void aClientThatStaysIsWaitedForHalfASecond() {
		HalfClosingChannel client = connected();
		client.pass(499);
		assertThat(client.isOpen()).isTrue();
		client.pass(1);
		assertThat(client.isOpen()).isFalse();
	}

	@Test
	void aClientThatTakesNothingIsWaitedForOneSecond() {
		HalfClosingChannel client = client();
		client.stick();
		client.pipeline().fireChannelActive();
		client.pass(999);
		assertThat(client.isOpen()).isTrue();
		client.pass(1);
		assertThat(client.isOpen()).isFalse();
	}

	@Test
	void theMessageIsInTheWireFormatOfTheServer() {
		RejectMessage short503 = new RejectMessage(new HtlvCrcCodec(), new Message(53, new byte[] { 'f' }));
		for (int i = 0; i < 2; i++) {
			HalfClosingChannel client = client(short503);
			client.pipeline().fireChannelActive();
			assertThat(client.takeWritten()).startsWith(0xA1, 53, 1, 'f').hasSize(6);
		}
	}

	private HalfClosingChannel connected() {
		HalfClosingChannel client = client();
		client.pipeline().fireChannelActive();
		return client;
	}

	private HalfClosingChannel client() {
		return client(this.rejection);
	}

	private HalfClosingChannel client(RejectMessage rejection) {
		HalfClosingChannel client = new HalfClosingChannel();
		client.config().setAutoRead(false);
		this.clients.add(client);
		rejection.turnAway(client, (connection) -> {
			throw new AssertionError("admitted " + connection);
		});
		return client;
	}

	private EmbeddedChannel turnedTo() {
		EmbeddedChannel channel = new EmbeddedChannel();
		this.rejection.turnAway(channel, (connection) -> {
			throw new AssertionError("admitted " + connection);
		});
		return channel;
	}

}
