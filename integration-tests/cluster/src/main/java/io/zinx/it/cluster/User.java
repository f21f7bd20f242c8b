package io.zinx.it.cluster;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A user: connects to any node, has a key and two rooms, changes them now and then, and
 * comes again on another node. On the driver's event loop.
 */
final class User implements Client.Events {

	private static final int ROOMS = 2;

	/** The mean time between two actions of a user. */
	private static final int PAUSE_MILLIS = 15_000;

	private static final int LONGEST_ABSENCE_MILLIS = 4000;

	private final Users users;

	private final int number;

	private final SplittableRandom random;

	private final Target key;

	private @Nullable Client client;

	private @Nullable Session session;

	User(Users users, int number, SplittableRandom random) {
		this.users = users;
		this.number = number;
		this.random = random;
		this.key = Target.key(number % users.options.keys());
	}

	void connect() {
		List<NodeRun> alive = this.users.model.alive();
		if (this.users.over || this.client != null) {
			return;
		}
		NodeRun node = alive.get(this.random.nextInt(alive.size()));
		Session session = new Session(this.users.model, this.number, node);
		this.session = session;
		this.client = Client.connect(this.users.loop, node.handle.port(), this);
	}

	boolean isComplete() {
		Session session = this.session;
		return session != null && session.members().size() == ROOMS + 1;
	}

	@Override
	public void opened(Client client) {
		Session session = this.session;
		if (session != null) {
			this.users.model.sessions.add(session);
			join(session, this.key);
			for (int i = 0; i < ROOMS; i++) {
				joinAnyRoom(session);
			}
			actLater();
		}
	}

	private void join(Session session, Target target) {
		if (this.client != null && session == this.session && !session.hasAsked(target)) {
			session.asked(target);
			this.client.send(Wire.JOIN, target.bytes());
		}
	}

	private void joinAnyRoom(Session session) {
		Target room = Target.room(this.random.nextInt(this.users.options.rooms()));
		while (session.hasAsked(room)) {
			room = Target.room(this.random.nextInt(this.users.options.rooms()));
		}
		join(session, room);
	}

	private void leave(Session session, Target target) {
		if (this.client != null) {
			session.leaving(target, System.nanoTime());
			this.client.send(Wire.LEAVE, target.bytes());
		}
	}

	/**
	 * The pause is at random and has no memory.
	 */
	private void actLater() {
		Client acting = this.client;
		long millis = (long) (-Math.log(1 - this.random.nextDouble()) * PAUSE_MILLIS);
		this.users.loop.schedule(() -> {
			if (this.client == acting && !this.users.over) {
				act();
			}
		}, millis, TimeUnit.MILLISECONDS);
	}

	private void act() {
		Session session = this.session;
		if (session == null) {
			return;
		}
		List<Target> members = session.members();
		int choice = this.random.nextInt(10);
		if (choice < 2) {
			end();
			later(this::connect);
			return;
		}
		if (choice < 4 && members.contains(this.key)) {
			leave(session, this.key);
			later(() -> join(session, this.key));
		}
		else if (members.size() == ROOMS + 1) {
			leave(session, members.get(1 + this.random.nextInt(ROOMS)));
			joinAnyRoom(session);
		}
		actLater();
	}

	private void later(Runnable action) {
		this.users.loop.schedule(action, this.random.nextInt(LONGEST_ABSENCE_MILLIS), TimeUnit.MILLISECONDS);
	}

	/**
	 * Disconnect.
	 */
	void end() {
		Client client = this.client;
		Session session = this.session;
		if (client != null && session != null) {
			this.client = null;
			this.session = null;
			long now = System.nanoTime();
			session.closed(now, now);
			client.close();
		}
	}

	@Override
	public void received(Client client, int msgId, ByteBuffer body) {
		Session session = this.session;
		if (client != this.client || session == null) {
			return;
		}
		long now = System.nanoTime();
		switch (msgId) {
			case Wire.PUSHED -> session.received(body.getInt(), body.getInt(), Target.read(body), now);
			case Wire.JOINED -> {
				if (session.memberships.isEmpty()) {
					session.joined(Target.ALL, now);
				}
				session.joined(Target.read(body), now);
			}
			case Wire.LEFT -> session.left(Target.read(body), now);
			default -> throw new IllegalStateException("message " + msgId);
		}
	}

	@Override
	public void closed(Client client, boolean wanted) {
		Session session = this.session;
		if (client != this.client || session == null) {
			return;
		}
		this.client = null;
		this.session = null;
		long now = System.nanoTime();
		session.closed(Math.min(now, session.node.killed), now);
		if (session.node.isAlive()) {
			this.users.model.violation("disconnected", () -> session + " was disconnected");
			later(this::connect);
		}
		else {
			// Until its key is known to be offline.
			this.users.loop.schedule(this::connect,
					Options.NODE_TIMEOUT.toMillis() + LONGEST_ABSENCE_MILLIS + this.random.nextInt(2000),
					TimeUnit.MILLISECONDS);
		}
	}

}
