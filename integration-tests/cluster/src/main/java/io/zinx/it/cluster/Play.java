package io.zinx.it.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes, users, pushes and faults, from begin to end. The thread that runs it does what
 * takes time; all else is on the event loop.
 */
final class Play implements AutoCloseable {

	private static final Logger report = LoggerFactory.getLogger("report");

	private static final Duration STEP = Duration.ofMillis(20);

	private static final Duration POLL = Duration.ofMillis(250);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration LATEST = Duration.ofSeconds(4);

	private static final Duration LONG = Duration.ofMinutes(1);

	final Options options;

	final Model model = new Model();

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final EventLoop loop = this.group.next();

	private final Site site;

	private final Users users;

	private final Pushers pushers;

	private final Faults faults;

	private @Nullable ScheduledFuture<?> polls;

	Play(Options options, Site site) {
		this.options = options;
		this.site = site;
		this.users = new Users(options, this.model, this.loop);
		this.pushers = new Pushers(options, this.model, this.loop);
		this.faults = new Faults(this);
	}

	/**
	 * Run it.
	 * @return what came of it
	 */
	Verdict run() throws IOException, InterruptedException {
		this.site.start();
		for (int i = 1; i <= this.options.nodes(); i++) {
			startNode("n" + i);
		}
		onLoop(() -> {
			this.users.connect();
			this.polls = this.loop.scheduleAtFixedRate(this::poll, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		});
		require("users connect", LONG, () -> this.users.complete() > this.options.users() * 0.9);
		require("nodes subscribe", LONG, () -> areComplete(System.nanoTime() - POLL.toNanos()));
		push();
		onLoop(() -> {
			this.users.over = true;
			this.pushers.end();
			return true;
		});
		pause(LATEST);
		collect();
		return onLoop(this::judge);
	}

	private void push() throws IOException, InterruptedException {
		report.info("pushing");
		onLoop(() -> {
			this.pushers.begin();
			return true;
		});
		long start = System.nanoTime();
		long lasts = this.options.lasts().toNanos();
		int parts = this.options.faults().size() + 1;
		long nextMinute = start;
		for (int part = 1; part <= parts; part++) {
			long end = start + lasts / parts * part;
			while (System.nanoTime() < end) {
				if (System.nanoTime() >= nextMinute) {
					nextMinute += MINUTE.toNanos();
					collect();
				}
				pause(STEP);
			}
			if (part < parts) {
				this.faults.run(this.options.faults().get(part - 1));
			}
		}
	}

	/**
	 * Ask for the memory of the nodes after a collection.
	 */
	private void collect() throws InterruptedException {
		long asked = System.nanoTime();
		onLoop(() -> {
			this.model.alive().forEach((node) -> this.pushers.askState(node, true));
			return true;
		});
		require("nodes answer", LONG, () -> this.model.alive().stream().allMatch((node) -> node.stateAsked >= asked));
		report.info("{}", onLoop(() -> Table.minute(this.model)));
	}

	private Verdict judge() {
		if (this.polls != null) {
			this.polls.cancel(false);
		}
		this.users.end();
		Verdict verdict = new Verdict(this.model, this.options.busy());
		verdict.check();
		for (NodeRun node : this.model.alive()) {
			NodeState state = node.state;
			if (state != null && state.get(NodeState.DROPPED) > 0) {
				this.model.violation("dropped", () -> node + ": " + state.text());
			}
			boolean faultless = this.model.outages.isEmpty();
			if (faultless && state != null && state.get(NodeState.LOST) > 0) {
				this.model.violation("lost", () -> node + ": " + state.text());
			}
		}
		if (verdict.owedFromElsewhere == 0) {
			this.model.violation("vacuous", () -> "Nothing was owed to anybody");
		}
		return verdict;
	}

	NodeRun startNode(String id) throws IOException, InterruptedException {
		Site.Handle handle = this.site.node(id);
		NodeRun node = onLoop(() -> {
			NodeRun started = new NodeRun(id, handle);
			this.pushers.connect(started);
			return started;
		});
		require(id + " is connected to", LONG, () -> node.pushers.size() == Pushers.SENDERS);
		onLoop(() -> this.model.nodes.add(node));
		return node;
	}

	private void poll() {
		this.model.alive().forEach((node) -> this.pushers.askState(node, false));
	}

	/**
	 * True if pushes reach all connections of each node; asks once more.
	 */
	boolean areComplete(long since) {
		poll();
		return this.model.alive().stream().allMatch((node) -> {
			NodeState state = node.state;
			return state != null && node.stateAsked > since && state.isComplete();
		});
	}

	Pushers pushers() {
		return this.pushers;
	}

	Site site() {
		return this.site;
	}

	List<NodeRun> alive() throws InterruptedException {
		return onLoop(this.model::alive);
	}

	/**
	 * Wait for a condition, which is asked on the event loop.
	 * @return whether it has come
	 */
	boolean await(Duration most, Callable<Boolean> condition) throws InterruptedException {
		long end = System.nanoTime() + most.toNanos();
		while (!onLoop(condition)) {
			if (System.nanoTime() > end) {
				return false;
			}
			pause(STEP);
		}
		return true;
	}

	private void require(String what, Duration most, Callable<Boolean> condition) throws InterruptedException {
		if (!await(most, condition)) {
			throw new IllegalStateException("For " + most + " it is not so that " + what);
		}
	}

	void pause(Duration duration) throws InterruptedException {
		long end = System.nanoTime() + duration.toNanos();
		while (System.nanoTime() < end) {
			LockSupport.parkNanos(end - System.nanoTime());
			if (Thread.interrupted()) {
				throw new InterruptedException();
			}
		}
	}

	<T> T onLoop(Callable<T> action) throws InterruptedException {
		try {
			return this.loop.submit(action).get(1, TimeUnit.MINUTES);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
		this.site.close();
	}

}
