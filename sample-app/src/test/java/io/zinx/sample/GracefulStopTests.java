package io.zinx.sample;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample in a process of its own is told to end while it is busy. The system property
 * {@code zinx.proof.rate} sets how many messages its clients send in a second.
 */
class GracefulStopTests {

	private static final Pattern STARTED = Pattern.compile("Zinx server started on \\S*:(\\d+) ");

	private static final int CLIENTS = 200;

	private static final int RATE = Integer.getInteger("zinx.proof.rate", 2000);

	/** What an orderly end after SIGTERM gives. */
	private static final int TERMINATED = 128 + 15;

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(20);

	@Test
	void whatWasSentBeforeTheSignalIsAnsweredBeforeTheClose() throws Exception {
		Path log = Files.createTempFile(Path.of("target"), "graceful-stop", ".log");
		Process sample = start(log);
		try (Crowd crowd = new Crowd(port(log), CLIENTS, RATE)) {
			crowd.run(Duration.ofSeconds(3).toNanos());
			crowd.sleep(0, 1500);
			crowd.sleep(7, 1500);
			crowd.run(Duration.ofMillis(300).toNanos());
			crowd.mark();
			long signalled = System.nanoTime();
			sample.destroy();
			crowd.run(GRACE_PERIOD.plusSeconds(10).toNanos());
			assertThat(crowd.hasEnded()).as(Files.readString(log)).isTrue();
			assertThat(crowd.lost()).as("of " + crowd.marked() + " messages, " + Files.readString(log)).isZero();
			assertThat(crowd.torn()).isZero();
			assertThat(sample.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(sample.exitValue()).isEqualTo(TERMINATED);
			assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isLessThan(GRACE_PERIOD);
			assertThat(Files.readString(log))
				.contains("Zinx server stopped: 200 connections closed, 0 of them with work unfinished");
			assertThat(crowd.marked()).as("messages sent in 3.3 s").isGreaterThan(2L * RATE);
			Files.writeString(Path.of("target", "graceful-stop.txt"),
					crowd.marked() + " messages in 3.3 s before the signal, none lost\n");
		}
		finally {
			sample.destroyForcibly();
		}
	}

	private static Process start(Path log) throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-Xmx256m", "-cp", System.getProperty("java.class.path"),
				SampleApplication.class.getName(), "--zinx.port=0", "--server.port=0", "--logging.level.io.zinx=info",
				"--zinx.shutdown.grace-period=" + GRACE_PERIOD.toSeconds() + "s")
			.redirectErrorStream(true)
			.redirectOutput(new File(log.toString()))
			.start();
	}

	private static int port(Path log) {
		String[] port = new String[1];
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
			Matcher matcher = STARTED.matcher(Files.readString(log));
			port[0] = matcher.find() ? matcher.group(1) : null;
			return port[0] != null && Files.readString(log).contains("Started SampleApplication");
		});
		return Integer.parseInt(port[0]);
	}

}
