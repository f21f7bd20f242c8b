package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Pushes from all nodes to random targets, and questions. On the driver's event loop.
 */
final class Pushers {

	/** The connections of the driver to each node; each is a sender. */
	static final int SENDERS = 4;

	private static final long TICK_MILLIS = 5;

	private static final double TICKS_PER_SECOND = 1000.0 / TICK_MILLIS;

	private static final int QUESTIONS_PER_SECOND = 50;

	private final Options options;

	private final Model model;

	private final EventLoop loop;

	private final SplittableRandom random;

	private final Map<Integer, Question> questions = new HashMap<>();

	private final Map<Client, Sender> senders = new HashMap<>();

	private @Nullable ScheduledFuture<?> ticks;

	private double keys;

	private double rooms;

	private double all;

	private double asks;

	private int nextSender;

	private int nextQuestion;

	int answered;

	Pushers(Options options, Model model, EventLoop loop) {
		this.options = options;
		this.model = model;
		this.loop = loop;
		this.random = new SplittableRandom(~options.seed());
	}

	/**
	 * Connect to a node.
	 */
	void connect(NodeRun node) {
		for (int i = 0; i < SENDERS; i++) {
			Sender sender = new Sender(node, this.nextSender++);
			Client client = Client.connect(this.loop, node.handle.port(), sender);
			this.senders.put(client, sender);
		}
	}

	void begin() {
		this.ticks = this.loop.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
	}

	void end() {
		if (this.ticks != null) {
			this.ticks.cancel(false);
		}
	}

	private void tick() {
		this.keys += this.options.keyRate() / TICKS_PER_SECOND;
		this.rooms += this.options.roomRate() / TICKS_PER_SECOND;
		this.all += this.options.allRate() / TICKS_PER_SECOND;
		this.asks += QUESTIONS_PER_SECOND / TICKS_PER_SECOND;
		for (; this.keys >= 1; this.keys--) {
			push(anyKey());
		}
		for (; this.rooms >= 1; this.rooms--) {
			push(Target.room(this.random.nextInt(this.options.rooms())));
		}
		for (; this.all >= 1; this.all--) {
			push(Target.ALL);
		}
		for (; this.asks >= 1; this.asks--) {
			NodeRun node = anyNode();
			ask(node, anyKey(), null);
		}
	}

	private Target anyKey() {
		return Target.key(this.random.nextInt(this.options.keys()));
	}

	private NodeRun anyNode() {
		List<NodeRun> alive = this.model.alive();
		return alive.get(this.random.nextInt(alive.size()));
	}

	private void push(Target target) {
		NodeRun node = anyNode();
		if (node.pushers.size() == SENDERS) {
			Client client = node.pushers.get(this.random.nextInt(SENDERS));
			Sender sender = this.senders.get(client);
			if (sender != null) {
				client.send(Wire.PUSH, this.model.newPush(sender.number, node, target).request());
			}
		}
	}

	/**
	 * Ask whether a key is online.
	 * @param node the node to ask
	 * @param key the key
	 * @param expected the answer, {@code null} if the model is to know it
	 */
	void ask(NodeRun node, Target key, @Nullable Boolean expected) {
		if (node.pushers.isEmpty()) {
			return;
		}
		int number = this.nextQuestion++;
		this.questions.put(number, new Question(node, key, System.nanoTime(), expected));
		ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + Target.BYTES).putInt(number);
		key.write(out);
		node.pushers.get(0).send(Wire.ONLINE, out.array());
	}

	/**
	 * Ask a node for its state.
	 */
	void askState(NodeRun node, boolean collect) {
		for (Sender sender : this.senders.values()) {
			if (sender.node == node && node.pushers.size() == SENDERS && sender.client == node.pushers.get(0)) {
				sender.statesAsked.add(System.nanoTime());
				sender.client.send(Wire.STATE, new byte[] { (byte) (collect ? 1 : 0) });
			}
		}
	}

	private void answer(int number, int answer) {
		Question question = this.questions.remove(number);
		if (question == null) {
			return;
		}
		long now = System.nanoTime();
		if (answer > 1) {
			if (!this.options.busy() && !this.model.hadFault(question.asked, now, (fault) -> true)) {
				this.model.violation("isOnline failed", () -> question.key + " on " + question.node);
			}
			return;
		}
		Boolean expected = (question.expected != null) ? question.expected
				: this.model.online(question.key, question.node, question.asked, now);
		if (expected != null) {
			this.answered++;
			boolean uncertain = expected && (question.node.isChanging(question.key, question.asked, now)
					// Redis knows of lost subscriptions before their nodes do.
					|| this.model.hadFault(question.asked, now, (fault) -> fault.loses));
			if (expected != (answer == 1) && !uncertain) {
				this.model.violation("isOnline",
						() -> question.key + " asked on " + question.node + " was " + (expected ? "online" : "offline")
								+ " and reported otherwise; " + this.model.describe(question.key, question.asked, now));
			}
		}
	}

	/**
	 * A question whether a key is online.
	 *
	 * @param node the node that was asked
	 * @param key the key
	 * @param asked the time
	 * @param expected the answer if the model does not know it
	 */
	private record Question(NodeRun node, Target key, long asked, @Nullable Boolean expected) {
	}

	/**
	 * A connection of the driver.
	 */
	private final class Sender implements Client.Events {

		private final NodeRun node;

		private final int number;

		private final Queue<Long> statesAsked = new ArrayDeque<>();

		private @Nullable Client client;

		Sender(NodeRun node, int number) {
			this.node = node;
			this.number = number;
		}

		@Override
		public void opened(Client client) {
			this.client = client;
			this.node.pushers.add(client);
			if (this.node.pushers.size() == 1) {
				client.send(Wire.WATCH, new byte[0]);
			}
		}

		@Override
		public void received(Client client, int msgId, ByteBuffer body) {
			switch (msgId) {
				case Wire.PUSHED -> {
					// It is one of all connections.
				}
				case Wire.RESULT -> Pushers.this.model.push(body.getInt()).report(body);
				case Wire.IS_ONLINE -> answer(body.getInt(), body.get());
				case Wire.STATE_IS -> this.node.received(
						NodeState.parse(StandardCharsets.UTF_8.decode(body).toString()), this.statesAsked.remove());
				case Wire.SUBSCRIPTION -> this.node.changed(body);
				default -> throw new IllegalStateException("message " + msgId);
			}
		}

		@Override
		public void closed(Client client, boolean wanted) {
			this.node.pushers.clear();
			if (!wanted && this.node.isAlive()) {
				Pushers.this.model.violation("disconnected", () -> "A sender on " + this.node + " was disconnected");
			}
		}

	}

}
