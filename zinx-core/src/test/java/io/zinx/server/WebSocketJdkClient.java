package io.zinx.server;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.zinx.testing.ChildJvm;
import io.zinx.testing.SocketClient;
import org.jspecify.annotations.Nullable;

/**
 * A client of the JDK that sends messages of random sizes in random fragments to an echo
 * server, and checks that each comes back in order, as one WebSocket message.
 */
final class WebSocketJdkClient implements WebSocket.Listener {

	private static final int CLIENTS = 4;

	private static final int IN_FLIGHT = 256;

	private static final long PATIENCE_SECONDS = 60;

	private final SplittableRandom random;

	private final Queue<byte[]> expected = new ConcurrentLinkedQueue<>();

	private final Semaphore room = new Semaphore(IN_FLIGHT);

	/** The end of the input: code and text of the close frame, or the failure. */
	private final CompletableFuture<String> end = new CompletableFuture<>();

	private final ByteArrayOutputStream part = new ByteArrayOutputStream();

	private WebSocketJdkClient(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Run several clients.
	 * @param args the address, the number of messages, the seed
	 * @throws Exception if a message differs or does not come back
	 */
	public static void main(String[] args) throws Exception {
		URI address = URI.create(args[0]);
		int messages = Integer.parseInt(args[1]);
		long seed = Long.parseLong(args[2]);
		HttpClient http = HttpClient.newHttpClient();
		List<FutureTask<Void>> runs = new ArrayList<>();
		for (int number = 0; number < CLIENTS; number++) {
			WebSocketJdkClient client = new WebSocketJdkClient(seed * CLIENTS + number);
			FutureTask<Void> run = new FutureTask<>(() -> client.run(http, address, messages / CLIENTS), null);
			runs.add(run);
			Thread thread = new Thread(run, "client-" + number);
			thread.setDaemon(true);
			thread.start();
		}
		for (FutureTask<Void> run : runs) {
			run.get();
		}
		ChildJvm.print(messages + " messages came back, seed " + seed);
	}

	private void run(HttpClient http, URI address, int messages) {
		WebSocket socket = http.newWebSocketBuilder().buildAsync(address, this).join();
		for (int sent = 0; sent < messages;) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			for (int size = 1 + this.random.nextInt(4); size > 0 && sent < messages; size--) {
				byte[] frame = frame(sent++);
				acquire(1);
				this.expected.add(frame);
				bytes.writeBytes(frame);
			}
			byte[] batch = bytes.toByteArray();
			// A Zinx frame may also span several WebSocket messages.
			int cut = (this.random.nextInt(5) == 0) ? this.random.nextInt(batch.length) : 0;
			if (cut > 0) {
				send(socket, Arrays.copyOf(batch, cut));
			}
			send(socket, Arrays.copyOfRange(batch, cut, batch.length));
		}
		acquire(IN_FLIGHT);
		socket.sendClose(WebSocket.NORMAL_CLOSURE, "done").join();
		String last = this.end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		if (!last.equals("1000 peer-closed")) {
			throw new IllegalStateException("Closed with " + last);
		}
	}

	private void acquire(int permits) {
		try {
			while (!this.room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new IllegalStateException(
						"Nothing comes back: " + this.end.getNow(this.expected.size() + " messages are missing"));
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] frame(int number) {
		int length = (this.random.nextInt(20) == 0) ? this.random.nextInt(15_000) : this.random.nextInt(600);
		byte[] body = new byte[length];
		Arrays.fill(body, (byte) number);
		return SocketClient.frame(1, body);
	}

	/**
	 * Send bytes as one WebSocket message of one to four fragments.
	 */
	private void send(WebSocket socket, byte[] bytes) {
		int from = 0;
		for (int fragment = this.random.nextInt(4); fragment > 0; fragment--) {
			int to = from + this.random.nextInt(bytes.length - from + 1);
			socket.sendBinary(ByteBuffer.wrap(bytes, from, to - from), false).join();
			if (this.random.nextInt(10) == 0) {
				socket.sendPing(ByteBuffer.wrap(bytes, from, Math.min(125, to - from))).join();
			}
			from = to;
		}
		socket.sendBinary(ByteBuffer.wrap(bytes, from, bytes.length - from), true).join();
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		byte[] more = new byte[data.remaining()];
		data.get(more);
		this.part.writeBytes(more);
		if (last) {
			if (!Arrays.equals(this.part.toByteArray(), this.expected.poll())) {
				this.end.completeExceptionally(new IllegalStateException("A message differs"));
				socket.abort();
				return null;
			}
			this.part.reset();
			this.room.release();
		}
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.end.complete(code + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.end.completeExceptionally(error);
	}

}
