package io.zinx.cluster.redis;

import java.net.ConnectException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.lettuce.core.RedisCommandExecutionException;
import io.zinx.testing.CapturedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The log lines of outages.
 */
class ConnectionLogTests {

	private static final ServerInfo SERVER = new ServerInfo("7.0.15", "standalone", "master");

	private final AtomicLong nanos = new AtomicLong();

	private final ConnectionLog log = new ConnectionLog(this.nanos::get);

	private final CapturedLog lines = new CapturedLog("io.zinx.cluster.redis");

	@AfterEach
	void stopCapturing() {
		this.lines.close();
	}

	@Test
	void anOutageIsOneWarningAndOneLineAtItsEnd() {
		this.log.connected("redis:6379", SERVER);
		this.log.lost(new NoAnswerException("closed", null));
		for (int attempt = 0; attempt < 100; attempt++) {
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
			this.log.failed(new ConnectException("refused"));
		}
		this.log.connected("redis:6379", SERVER);
		assertThat(this.lines.lines()).containsExactly("Connected to Redis 7.0.15 at redis:6379",
				"Lost the connection to Redis; trying again: closed", "Connected to Redis 7.0.15 at redis:6379");
	}

	@Test
	void anotherReasonIsAnotherWarning() {
		this.log.failed(new ConnectException("refused"));
		this.log.failed(new RedisCommandExecutionException("LOADING Redis is loading the dataset in memory"));
		this.log.failed(new RedisCommandExecutionException("LOADING Redis is loading the dataset in memory"));
		assertThat(this.lines.lines()).containsExactly("Could not connect to Redis; trying again: refused",
				"Could not connect to Redis; trying again: Redis is loading its data: "
						+ "LOADING Redis is loading the dataset in memory");
	}

	@Test
	void aConnectionThatComesAndGoesIsLoggedOnceInTenSeconds() {
		for (int second = 0; second < 30; second++) {
			this.log.connected("redis:6379", SERVER);
			this.log.lost(null);
			this.nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
		}
		assertThat(this.lines.lines()).filteredOn((line) -> line.startsWith("Lost")).hasSize(3);
	}

	@Test
	void theHintAtTheOutputLimitComesOnceInTenMinutes() {
		for (int minute = 0; minute < 20; minute++) {
			this.log.closedOnPurpose();
			this.nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
		}
		assertThat(this.lines.lines()).hasSize(2)
			.allMatch((line) -> line.contains("client-output-buffer-limit pubsub"));
	}

	@Test
	void textOfRedisCannotForgeLines() {
		this.log.failed(new RedisCommandExecutionException("NOPERM\r\nINFO all is well"));
		assertThat(this.lines.lines()).singleElement().asString().contains("NOPERM\\r\\nINFO all is well");
	}

}
