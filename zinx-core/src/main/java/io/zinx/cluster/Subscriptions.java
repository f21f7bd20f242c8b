package io.zinx.cluster;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import io.zinx.diagnostics.Clocks;
import io.zinx.session.MemberNames;
import io.zinx.session.MembershipListener;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes to the topics of keys and groups while they have members here. A change only
 * marks its topic; a task then compares what the registry says now with what is
 * subscribed, so it cannot be misled by the order in which changes are told. At most one
 * command is under way; what changes meanwhile shares the next one. After a lost
 * connection everything is subscribed anew.
 */
final class Subscriptions implements MembershipListener {

	/** The most topics in one command. */
	static final int MOST_TOPICS = 512;

	private static final int MOST_LOOKS = 8_192;

	private static final long RETRY_MILLIS = 100;

	private final Backplane backplane;

	private final Topics topics;

	private final MemberNames members;

	private final ClusterThreads threads;

	private final Runnable nodesHeard;

	private final LongSupplier nanoTime = Clocks.SYSTEM.nanoTime();

	private final SerialTask task;

	/** The topics to look at, each once. Any thread adds, the task takes. */
	private final Queue<String> changes = new ConcurrentLinkedQueue<>();

	/** The topics in the queue: added before, removed before the look. */
	private final Set<String> marked = ConcurrentHashMap.newKeySet();

	/** Any thread reads; changed under the lock, as all that follows. */
	private final Map<String, Interest> interests = new ConcurrentHashMap<>();

	private final Set<String> toSubscribe = new LinkedHashSet<>();

	private final Set<String> toUnsubscribe = new LinkedHashSet<>();

	private @Nullable Command underWay;

	private boolean lastSubscribed;

	private boolean connected;

	private boolean renew;

	private long lastInterest;

	private int acknowledged;

	/**
	 * Create it.
	 * @param backplane where to subscribe
	 * @param topics the names of topics
	 * @param members the keys and groups that have members here
	 * @param threads run the task
	 * @param nodesHeard called by a thread of the backplane when heartbeats are
	 * subscribed
	 */
	Subscriptions(Backplane backplane, Topics topics, MemberNames members, ClusterThreads threads,
			Runnable nodesHeard) {
		this.backplane = backplane;
		this.topics = topics;
		this.members = members;
		this.threads = threads;
		this.nodesHeard = nodesHeard;
		this.task = new SerialTask(threads.pool(), this::sendNext);
	}

	@Override
	public void keyChanged(String key) {
		if (Topics.isPossible(key)) {
			mark(this.topics.key(key));
		}
	}

	@Override
	public void groupChanged(String group) {
		if (Topics.isPossible(group)) {
			mark(this.topics.group(group));
		}
	}

	private void mark(String topic) {
		if (this.marked.add(topic)) {
			this.changes.add(topic);
			this.task.request();
		}
	}

	/**
	 * The number of this node's interest in a topic.
	 * @param topic the topic
	 * @return 1 or more, or 0 if there is none
	 */
	long interest(String topic) {
		Interest interest = this.interests.get(topic);
		return (interest != null) ? interest.id() : 0;
	}

	/**
	 * True if this node may be a subscriber of a topic: it is, or a command is under way.
	 * @param topic the topic
	 */
	boolean mayReceive(String topic) {
		Interest interest = this.interests.get(topic);
		return interest != null && interest.state() != Interest.State.NONE;
	}

	/** The number of acknowledged subscriptions. */
	synchronized int acknowledged() {
		return this.acknowledged;
	}

	/** The number of keys and groups here that are not subscribed, or not for sure. */
	synchronized int awaited() {
		if (!this.connected || this.renew) {
			return this.members.size();
		}
		int fixed = awaited(this.topics.all()) + awaited(this.topics.nodes());
		int commanded = (this.underWay != null && this.underWay.subscribe) ? this.underWay.topics.size() : 0;
		return Math.max(0, this.marked.size() + this.toSubscribe.size() + commanded - fixed);
	}

	private int awaited(String topic) {
		Interest interest = this.interests.get(topic);
		return (interest != null && interest.state() == Interest.State.SUBSCRIBED) ? 0 : 1;
	}

	/**
	 * True if a command has no answer for some time.
	 * @param nanos the time
	 */
	synchronized boolean isStuck(long nanos) {
		return this.underWay != null && this.nanoTime.getAsLong() - this.underWay.sentAt > nanos;
	}

	/**
	 * The connection is lost, with all subscriptions.
	 */
	synchronized void lost() {
		forgetSubscriptions();
		this.connected = false;
	}

	/**
	 * There is a new connection, without subscriptions.
	 */
	void restored() {
		synchronized (this) {
			forgetSubscriptions();
			this.connected = true;
			this.renew = true;
		}
		this.task.request();
	}

	private void forgetSubscriptions() {
		this.underWay = null;
		this.toSubscribe.clear();
		this.toUnsubscribe.clear();
		this.acknowledged = 0;
		for (Iterator<Map.Entry<String, Interest>> all = this.interests.entrySet().iterator(); all.hasNext();) {
			Map.Entry<String, Interest> entry = all.next();
			if (isWanted(entry.getKey())) {
				entry.getValue().enter(Interest.State.NONE);
			}
			else {
				all.remove();
			}
		}
	}

	private boolean isWanted(String topic) {
		PushTarget target = this.topics.target(topic);
		if (target == null) {
			return topic.equals(this.topics.nodes());
		}
		return switch (target.kind()) {
			case KEY -> this.members.hasKey(target.name());
			case GROUP -> this.members.hasGroup(target.name());
			case ALL -> true;
		};
	}

	private void sendNext() {
		Command command = next();
		if (command == null) {
			return;
		}
		CompletionStage<Void> answer;
		try {
			answer = command.subscribe ? this.backplane.subscribe(command.topics)
					: this.backplane.unsubscribe(command.topics);
		}
		catch (RuntimeException ex) {
			answer = CompletableFuture.failedStage(ex);
		}
		if (isObsolete(command)) {
			this.backplane.reconnect();
		}
		answer.whenComplete((nothing, failure) -> answered(command, failure == null));
	}

	/**
	 * True if the connection was lost while a command was sent. The next connection may
	 * have got it, so nobody knows what that one is subscribed to.
	 */
	private synchronized boolean isObsolete(Command command) {
		return this.underWay != command;
	}

	private synchronized @Nullable Command next() {
		if (this.connected && this.renew) {
			this.renew = false;
			this.toSubscribe.add(this.topics.nodes());
			this.toSubscribe.add(this.topics.all());
			this.members.forEachKey(this::keyChanged);
			this.members.forEachGroup(this::groupChanged);
		}
		lookAtMarked();
		if (this.underWay != null || !this.connected) {
			return null;
		}
		boolean subscribe = !this.toSubscribe.isEmpty() && (this.toUnsubscribe.isEmpty() || !this.lastSubscribed);
		List<String> taken = take(subscribe ? this.toSubscribe : this.toUnsubscribe);
		if (taken.isEmpty()) {
			return null;
		}
		for (String topic : taken) {
			Interest interest = this.interests.computeIfAbsent(topic, (name) -> new Interest(++this.lastInterest));
			enter(interest, subscribe ? Interest.State.SUBSCRIBING : Interest.State.UNSUBSCRIBING);
		}
		this.lastSubscribed = subscribe;
		this.underWay = new Command(subscribe, taken, this.nanoTime.getAsLong());
		return this.underWay;
	}

	private static List<String> take(Set<String> waiting) {
		List<String> taken = new ArrayList<>(Math.min(MOST_TOPICS, waiting.size()));
		for (Iterator<String> all = waiting.iterator(); all.hasNext() && taken.size() < MOST_TOPICS;) {
			taken.add(all.next());
			all.remove();
		}
		return List.copyOf(taken);
	}

	/**
	 * Look at topics that have changed. A mark is removed before the look, so a change
	 * that the look does not see marks the topic again.
	 */
	private void lookAtMarked() {
		for (int looks = 0; looks < MOST_LOOKS; looks++) {
			String topic = this.changes.poll();
			if (topic == null) {
				return;
			}
			this.marked.remove(topic);
			look(topic);
		}
		this.task.request();
	}

	private void look(String topic) {
		boolean wanted = isWanted(topic);
		Interest interest = this.interests.get(topic);
		Interest.State state = (interest != null) ? interest.state() : Interest.State.NONE;
		if (this.connected) {
			set(this.toSubscribe, topic, wanted && !state.isTowardsSubscribed());
			set(this.toUnsubscribe, topic, !wanted && state.isTowardsSubscribed());
		}
		if (!wanted && state == Interest.State.NONE) {
			this.interests.remove(topic);
		}
	}

	private static void set(Set<String> topics, String topic, boolean contained) {
		if (contained) {
			topics.add(topic);
		}
		else {
			topics.remove(topic);
		}
	}

	private void answered(Command command, boolean succeeded) {
		synchronized (this) {
			if (this.underWay != command) {
				return;
			}
			this.underWay = null;
			for (String topic : command.topics) {
				answered(topic, command.subscribe, succeeded);
			}
		}
		if (!succeeded) {
			this.threads.scheduler().schedule(this.task::request, RETRY_MILLIS, TimeUnit.MILLISECONDS);
			return;
		}
		this.task.request();
		if (command.topics.contains(this.topics.nodes())) {
			this.nodesHeard.run();
		}
	}

	private void answered(String topic, boolean subscribe, boolean succeeded) {
		Interest interest = this.interests.get(topic);
		if (interest == null) {
			return;
		}
		if (subscribe == succeeded) {
			enter(interest, Interest.State.SUBSCRIBED);
		}
		else {
			enter(interest, Interest.State.NONE);
		}
		if (!succeeded) {
			mark(topic);
		}
		else if (!subscribe) {
			this.interests.remove(topic);
		}
	}

	private void enter(Interest interest, Interest.State state) {
		boolean before = interest.state() == Interest.State.SUBSCRIBED;
		boolean after = state == Interest.State.SUBSCRIBED;
		this.acknowledged += (after ? 1 : 0) - (before ? 1 : 0);
		interest.enter(state);
	}

	/**
	 * A command that subscribes to topics, or ends subscriptions. Equal to itself only.
	 */
	private static final class Command {

		private final boolean subscribe;

		private final List<String> topics;

		private final long sentAt;

		Command(boolean subscribe, List<String> topics, long sentAt) {
			this.subscribe = subscribe;
			this.topics = topics;
			this.sentAt = sentAt;
		}

	}

}
