package io.zinx.it.cluster;

import java.io.IOException;

/**
 * Signals to processes.
 */
final class Processes {

	private Processes() {
	}

	/**
	 * Send a signal.
	 * @param process to which process
	 * @param name for example {@code STOP}
	 */
	static void signal(Process process, String name) throws IOException {
		try {
			int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO()
				.start()
				.waitFor();
			if (code != 0) {
				throw new IOException("kill -" + name + " has failed with " + code);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
