package io.zinx.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.zinx.connection.ChannelConnection;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListeningHandlerTests {

	private final List<String> events = new ArrayList<>();

	@Test
	void thePolicyHearsOfAChannelBeforeItGoesToItsEventLoop() {
		List<Channel> told = new ArrayList<>();
		EmbeddedChannel listening = new EmbeddedChannel(new ListeningHandler(new FullServerPolicy() {
			@Override
			void arriving(Channel listening) {
				told.add(listening);
				ListeningHandlerTests.this.events.add("arriving");
			}

			@Override
			void turnAway(Channel channel, Consumer<ChannelConnection> assembly) {
			}
		}), new ChannelInboundHandlerAdapter() {
			@Override
			public void channelRead(ChannelHandlerContext ctx, Object accepted) {
				ListeningHandlerTests.this.events.add("registered " + accepted);
			}
		});
		listening.writeInbound("one", "two");
		assertThat(this.events).containsExactly("arriving", "registered one", "arriving", "registered two");
		assertThat(told).containsExactly(listening, listening);
		listening.finishAndReleaseAll();
	}

}
