package io.zinx.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * The transport between the nodes of a cluster: publishes messages to topics, and
 * delivers those of the topics it has subscribed to. At most once; what one node
 * publishes to one topic arrives in order. All methods may be called from any thread and
 * return without waiting for the network, except {@link #start} and {@link #close}.
 * <p>
 * A backplane reconnects by itself. It forgets its subscriptions when the connection is
 * lost: whoever uses it subscribes again after {@link BackplaneListener#restored()}.
 */
public interface Backplane {

	/**
	 * Connect, and keep trying in the background if the other side is away. Called once,
	 * and again when the server is started again after a {@link #close}.
	 * @param listener receives the messages, and is told when the connection is made or
	 * lost
	 * @throws RuntimeException if it can never succeed, for example because the
	 * credentials are wrong; nothing is left running then
	 */
	void start(BackplaneListener listener);

	/**
	 * Subscribe to topics.
	 * @param topics the topics, at most a few hundred at one time
	 * @return completes when messages published from now on arrive; fails if the
	 * connection is lost before. Callbacks must not block
	 */
	CompletionStage<Void> subscribe(Collection<String> topics);

	/**
	 * End the subscriptions to topics.
	 * @param topics the topics, at most a few hundred at one time
	 * @return completes when no more messages arrive; fails if the connection is lost
	 * before. Callbacks must not block
	 */
	CompletionStage<Void> unsubscribe(Collection<String> topics);

	/**
	 * Publish a message. It may wait in a buffer until {@link #flush()}.
	 * @param topic the topic
	 * @param message the message, which the caller does not change any more
	 * @return the number of subscribers that the message was handed to, this node
	 * included if it has subscribed; fails at once while there is no connection, with
	 * {@link ClusterUnavailableException} if surely nobody got it. Callbacks must not
	 * block
	 */
	CompletionStage<Long> publish(String topic, byte[] message);

	/**
	 * Write what was published and waits in a buffer.
	 */
	void flush();

	/**
	 * Ask how many subscribers a topic has.
	 * @param topic the topic
	 * @return the number, this node included if it has subscribed; fails as
	 * {@link #publish} does
	 */
	CompletionStage<Long> subscribers(String topic);

	/**
	 * True if there is a connection now.
	 * @return {@code true} between {@link BackplaneListener#restored()} and
	 * {@link BackplaneListener#lost}
	 */
	boolean isConnected();

	/**
	 * Give up the connection and make a new one, because nothing arrives on it although
	 * it looks open. {@link BackplaneListener#lost} is called. No effect while there is
	 * no connection.
	 */
	void reconnect();

	/**
	 * Write what waits, disconnect, and end all threads. What is not answered fails. The
	 * listener is not called any more when this method has returned. No effect unless it
	 * is started.
	 * @param timeout the longest time this may take
	 */
	void close(Duration timeout);

}
