package io.zinx.it.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * All users.
 */
final class Users {

	/** The time between the first connections of two users. */
	private static final long STEP_MICROS = 1000;

	final Options options;

	final Model model;

	final EventLoop loop;

	/** Nobody does anything any more. */
	boolean over;

	private final List<User> users = new ArrayList<>();

	Users(Options options, Model model, EventLoop loop) {
		this.options = options;
		this.model = model;
		this.loop = loop;
		SplittableRandom random = new SplittableRandom(options.seed());
		for (int i = 0; i < options.users(); i++) {
			this.users.add(new User(this, i, random.split()));
		}
	}

	/**
	 * All connect, one after the other.
	 */
	void connect() {
		for (int i = 0; i < this.users.size(); i++) {
			this.loop.schedule(this.users.get(i)::connect, i * STEP_MICROS, TimeUnit.MICROSECONDS);
		}
	}

	long complete() {
		return this.users.stream().filter(User::isComplete).count();
	}

	void end() {
		this.over = true;
		this.users.forEach(User::end);
	}

}
