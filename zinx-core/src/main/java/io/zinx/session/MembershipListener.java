package io.zinx.session;

/**
 * Listener for keys and groups that get their first member or lose their last one. Called
 * after the change, by the thread that made it, with no lock held; may be called more
 * often than necessary, and calls for one name by several threads have no order. So a
 * call says that it is time to look, not what there is to see: whoever looks after the
 * last call finds the truth, see {@link MemberNames}. Must be quick, and throws nothing.
 */
public interface MembershipListener {

	/**
	 * A key may have got its first holder, or lost its last one.
	 * @param key the key
	 */
	void keyChanged(String key);

	/**
	 * A group may have got its first member, or lost its last one.
	 * @param group its name
	 */
	void groupChanged(String group);

}
