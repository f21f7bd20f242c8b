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
			void arriving(Channel listening, Channel accepted) {
				told.add(listening);
				ListeningHandlerTests.this.events.add("arriving " + accepted);
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
		EmbeddedChannel one = new EmbeddedChannel();
		EmbeddedChannel two = new EmbeddedChannel();
		listening.writeInbound(one, two);
		assertThat(this.events).containsExactly("arriving " + one, "registered " + one, "arriving " + two,
				"registered " + two);
		assertThat(told).containsExactly(listening, listening);
		one.close();
		two.close();
		listening.finishAndReleaseAll();
	}

}
