package io.zinx.boot.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.zinx.dispatch.WorkerStatus;
import io.zinx.eventloop.EventLoopTasks;
import io.zinx.server.ZinxServer;
import io.zinx.worker.RunningHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * The threads of a server.
 *
 * @param workerMode on which threads messages are handled
 * @param workers the workers; none unless in mode {@code hash} or with routers that use
 * them
 * @param running the handlers that have been running for a second or longer, the longest
 * first, without those on event loops; at most 100
 * @param eventLoops the threads that do I/O
 */
public record WorkersDescriptor(String workerMode, List<WorkerDescriptor> workers, List<RunningDescriptor> running,
		List<EventLoopDescriptor> eventLoops) implements OperationResponseBody {

	private static final int MOST_RUNNING = 100;

	static WorkersDescriptor of(ZinxServer server) {
		return new WorkersDescriptor(server.config().workers().mode().toString(),
				server.workers().stream().map(WorkerDescriptor::of).toList(),
				server.runningHandlers().stream().limit(MOST_RUNNING).map(RunningDescriptor::of).toList(),
				eventLoops(server.eventLoops()));
	}

	private static List<EventLoopDescriptor> eventLoops(@Nullable EventLoopGroup group) {
		List<EventLoopDescriptor> loops = new ArrayList<>();
		if (group != null) {
			for (EventExecutor loop : group) {
				loops.add(new EventLoopDescriptor(loops.size(), EventLoopTasks.waiting(loop)));
			}
		}
		return List.copyOf(loops);
	}

	/**
	 * A worker thread.
	 *
	 * @param index its number; a connection belongs to worker {@code connId % size}
	 * @param queueSize the number of messages that wait for it
	 * @param queueCapacity the maximum number of messages that wait for it
	 * @param running the handler that it has been running for a second or longer, or
	 * {@code null}
	 */
	public record WorkerDescriptor(int index, int queueSize, int queueCapacity, @Nullable RunningDescriptor running) {

		static WorkerDescriptor of(WorkerStatus worker) {
			RunningHandler running = worker.running();
			return new WorkerDescriptor(worker.index(), worker.queued(), worker.capacity(),
					(running != null) ? RunningDescriptor.of(running) : null);
		}

	}

	/**
	 * A running handler.
	 *
	 * @param connId the number of its connection
	 * @param msgId the number of the message it handles, or {@code null} for a hook or
	 * task
	 * @param thread the name of its thread
	 * @param forAtLeast the time for which it has been running, at most a second less
	 * than in fact
	 */
	public record RunningDescriptor(long connId, @Nullable Long msgId, String thread, Duration forAtLeast) {

		static RunningDescriptor of(RunningHandler handler) {
			return new RunningDescriptor(handler.connId(), (handler.msgId() >= 0) ? handler.msgId() : null,
					handler.thread(), handler.forAtLeast());
		}

	}

	/**
	 * An I/O thread.
	 *
	 * @param index its number
	 * @param pendingTasks the approximate number of tasks that wait for it
	 */
	public record EventLoopDescriptor(int index, int pendingTasks) {
	}

}
