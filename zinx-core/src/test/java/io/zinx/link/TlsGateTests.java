package io.zinx.link;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.zinx.metrics.HandshakeResult;
import io.zinx.metrics.ServerMetrics;
import io.zinx.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TlsGateTests {

	private final ServerMetrics metrics = new ServerMetrics();

	private final LinkInitializer links = TlsFixture.links(TlsSettings.of(TestTls.serverContext()), this.metrics,
			System::nanoTime);

	private @Nullable TlsFixture opened;

	private TlsFixture connect(String... protocols) {
		this.opened = new TlsFixture(this.links, TestTls.clientContext(), protocols);
		return this.opened;
	}

	private TlsFixture connected() {
		TlsFixture fixture = connect().carryAll();
		fixture.heard.clear();
		return fixture;
	}

	@AfterEach
	void close() {
		if (this.opened != null) {
			this.opened.close();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void theClientIsAdmittedWhenTheHandshakeHasSucceededAndNotBefore(String protocol) {
		TlsFixture fixture = connect(protocol);
		int flights = 0;
		while (this.metrics.links().handshakes(HandshakeResult.SUCCESS) == 0) {
			assertThat(fixture.heard).isEmpty();
			assertThat(fixture.link().tlsSession()).isNull();
			assertThat(fixture.toServer()).as("the client goes on").isTrue();
			if (this.metrics.links().handshakes(HandshakeResult.SUCCESS) == 0) {
				fixture.toClient();
			}
			flights++;
		}
		assertThat(flights).isGreaterThan(1);
		assertThat(fixture.heard).containsExactly("active");
		assertThat(fixture.server.isWritable()).isTrue();
		assertThat(fixture.link().tlsSession()).isNotNull()
			.satisfies((session) -> assertThat(session.getProtocol()).isEqualTo(protocol));
		fixture.carryAll();
		assertThat(fixture.heard).containsExactly("active");
		assertThat(this.metrics.links().handshakes(HandshakeResult.SUCCESS)).isOne();
	}

	@Test
	void theHandshakeIsReadAlthoughReadingIsSwitchedOff() {
		TlsFixture fixture = connect();
		assertThat(fixture.server.config().isAutoRead()).isFalse();
		assertThat(fixture.reads()).isOne();
		byte[] hello = fixture.intercept();
		fixture.serverReads(Arrays.copyOf(hello, 10));
		assertThat(fixture.reads()).isEqualTo(2);
	}

	@Test
	void aClientThatEndsItsInputBeforeTheEndOfTheHandshakeIsClosed() {
		TlsFixture fixture = connect();
		fixture.toServer();
		fixture.server.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.pending.size()).isZero();
		assertThat(this.metrics.links().handshakes(HandshakeResult.ABORTED)).isOne();
	}

	@Test
	void aSocketThatBreaksBeforeTheEndOfTheHandshakeIsClosed() {
		TlsFixture fixture = connect();
		fixture.server.pipeline().fireExceptionCaught(new IOException("Connection reset by peer"));
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(this.metrics.links().handshakes(HandshakeResult.ABORTED)).isOne();
		fixture.server.checkException();
	}

	@Test
	void aClientThatCannotBeAdmittedIsClosed() {
		TlsFixture fixture = connect();
		fixture.failAdmission();
		fixture.carryAll();
		assertThat(fixture.server.isOpen()).isFalse();
		assertThat(fixture.heard).isEmpty();
		assertThat(fixture.pending.size()).isZero();
	}

	@Test
	void thoseBehindReadAndWriteAsIfThereWereNoTls() {
		TlsFixture fixture = connected();
		fixture.clientSends("to the server").toServer();
		assertThat(fixture.heard).containsExactly("read to the server");
		fixture.serverSends("to the client");
		fixture.toClient();
		assertThat(fixture.received()).isEqualTo("to the client");
	}

	@Test
	void aMessageThatComesWithTheEndOfTheHandshakeIsReadBehindIt() {
		TlsFixture fixture = connect("TLSv1.3");
		fixture.toServer();
		fixture.toClient();
		fixture.clientSends("at once").toServer();
		assertThat(fixture.heard).containsExactly("active", "read at once");
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void theLastWordOfThePeerIsTheEndOfItsInput(String protocol) {
		TlsFixture fixture = connect(protocol).carryAll();
		fixture.heard.clear();
		fixture.clientSends("last");
		fixture.clientTls.closeOutbound();
		fixture.carryAll();
		assertThat(fixture.heard.subList(0, 2)).containsExactly("read last", "input ended");
		assertThat(fixture.heard).filteredOn("input ended"::equals).hasSize(1);
	}

	@Test
	void aSocketThatIsClosedWithoutALastWordIsNoEndOfInput() {
		TlsFixture fixture = connected();
		fixture.server.close();
		assertThat(fixture.heard).containsExactly("inactive");
	}

	@Test
	void otherEventsPass() {
		TlsFixture fixture = connected();
		fixture.server.pipeline().fireUserEventTriggered("of a test");
		assertThat(fixture.heard).containsExactly("event of a test");
	}

	@Test
	void aRecordWhoseRestIsOnItsWayIsNoted() {
		TlsFixture fixture = connected();
		assertThat(fixture.link().isMidRecord()).isFalse();
		byte[] record = fixture.clientSends("in two parts").intercept();
		fixture.serverReads(Arrays.copyOf(record, record.length - 1));
		assertThat(fixture.link().isMidRecord()).isTrue();
		assertThat(fixture.heard).isEmpty();
		fixture.serverReads(Arrays.copyOfRange(record, record.length - 1, record.length));
		assertThat(fixture.link().isMidRecord()).isFalse();
		assertThat(fixture.heard).containsExactly("read in two parts");
	}

	@Test
	void aRecordThatCannotBeDecryptedIsABrokenSocket() {
		TlsFixture fixture = connected();
		byte[] record = fixture.clientSends("changed on its way").intercept();
		record[record.length - 1] ^= 1;
		fixture.serverReads(record);
		assertThat(fixture.heard).isNotEmpty();
		assertThat(fixture.heard.get(0)).startsWith("exception SSL").doesNotContain("Decoder");
		assertThat(fixture.failures()).as("handshakes that failed").isZero();
	}

	@Test
	void otherExceptionsPassAsTheyAre() {
		TlsFixture fixture = connected();
		ChannelHandlerContext before = fixture.server.pipeline().context(TlsHandler.NAME);
		before.fireExceptionCaught(new IOException("of a test"));
		before.fireExceptionCaught(new DecoderException(new IllegalStateException("of a test")));
		before.fireExceptionCaught(new IllegalStateException("of a test"));
		assertThat(fixture.heard).containsExactly("exception IOException", "exception DecoderException",
				"exception IllegalStateException");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void theOutputIsShutDownBehindTheLastWord(boolean written) {
		TlsFixture fixture = connected();
		AtomicReference<Runnable> socket = new AtomicReference<>();
		fixture.server.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
			@Override
			public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
				socket.set(() -> finish(ctx, (ByteBuf) message, promise, written));
			}
		});
		assertThat(fixture.link().canHalfClose(fixture.server)).isTrue();
		fixture.link().closeOutput(fixture.server);
		assertThat(fixture.server.isOutputShutdown()).isFalse();
		assertThat(socket.get()).isNotNull();
		socket.get().run();
		assertThat(fixture.server.isOutputShutdown()).isTrue();
		fixture.carryAll();
		assertThat(fixture.clientTls.sslCloseFuture().isSuccess()).isEqualTo(written);
	}

	private static void finish(ChannelHandlerContext ctx, ByteBuf message, ChannelPromise promise, boolean written) {
		if (written) {
			ctx.writeAndFlush(message, promise);
			return;
		}
		message.release();
		promise.setFailure(new IOException("of a test"));
	}

	@Test
	void theLastWordComesBehindAllThatWasWritten() {
		TlsFixture fixture = connected();
		fixture.serverSends("all there is");
		fixture.link().closeOutput(fixture.server);
		fixture.toClient();
		assertThat(fixture.received()).isEqualTo("all there is");
		assertThat(fixture.clientTls.sslCloseFuture().isSuccess()).isTrue();
		assertThat(fixture.server.isOpen()).isTrue();
	}

}
