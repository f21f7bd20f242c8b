package io.zinx.pipeline;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class FrameTraceTests {

	private static final Pattern WITHHELD = Pattern.compile("\\((\\d+) more since the last such line\\)");

	private final Logger logger = (Logger) LoggerFactory.getLogger(FrameTrace.LOGGER);

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	private final @Nullable Level level = this.logger.getLevel();

	private final ReaderFixture fixture = ReaderFixture.begun();

	@BeforeEach
	void capture() {
		this.lines.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void release() {
		this.fixture.close();
		this.logger.detachAppender(this.lines);
		this.logger.setAdditive(true);
		this.logger.setLevel(this.level);
	}

	private void trace(long millis) {
		this.fixture.reader.trace(Duration.ofMillis(millis));
	}

	private boolean isTraced() {
		return this.fixture.channel.pipeline().get(FrameTrace.NAME) != null;
	}

	private List<String> lines() {
		return this.lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

	private String lastLine() {
		return this.lines.list.get(this.lines.list.size() - 1).getFormattedMessage();
	}

	@Test
	void saysInHexWhatIsReadAndWritten() {
		String who = this.fixture.connection.toString();
		trace(1000);
		this.fixture.read("ping");
		this.fixture.connection.send(2, new byte[] { 0x0a, (byte) 0xff });
		this.fixture.channel.runPendingTasks();
		assertThat(lines()).containsExactly(who + " is traced for PT1S", who + " in 12 bytes: 000000010000000470696e67",
				who + " out 10 bytes: 00000002000000020aff");
		assertThat(this.fixture.events).containsExactly("ping");
		assertThat(this.fixture.written()).singleElement()
			.satisfies((message) -> assertThat(message.body()).containsExactly(0x0a, 0xff));
	}

	@Test
	void saysOfEachReadNoMoreThanABoundedPart() {
		trace(1000);
		byte[] bytes = new byte[1025];
		bytes[1023] = (byte) 0xab;
		bytes[1024] = (byte) 0xcd;
		String first = "00".repeat(1023) + "ab";
		this.fixture.room(0);
		this.fixture.read(HexFormat.of().parseHex(first));
		assertThat(lastLine()).endsWith(" in 1024 bytes: " + first);
		this.fixture.read(bytes);
		assertThat(lastLine()).endsWith(" in 1025 bytes: " + first + " and more");
	}

	@Test
	void whatBringsNoBytesIsNoLine() {
		trace(1000);
		this.fixture.read(new byte[0]);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void endsInTime() {
		trace(1000);
		this.fixture.pass(999);
		assertThat(isTraced()).isTrue();
		this.fixture.pass(1);
		assertThat(isTraced()).isFalse();
		assertThat(lastLine()).isEqualTo(this.fixture.connection + " is no longer traced");
		this.fixture.read("untraced");
		assertThat(lines()).hasSize(2);
		assertThat(this.fixture.channel.pipeline().names()).contains(ZinxPipeline.FRAME_READER);
	}

	@Test
	void ofTwoTracesTheSecondCountsFromItsBeginning() {
		trace(1000);
		this.fixture.pass(500);
		trace(2000);
		this.fixture.pass(1999);
		assertThat(isTraced()).isTrue();
		assertThat(this.fixture.channel.pipeline().names()).filteredOn(FrameTrace.NAME::equals).hasSize(1);
		this.fixture.pass(1);
		assertThat(isTraced()).isFalse();
		trace(5000);
		trace(10);
		this.fixture.pass(10);
		assertThat(isTraced()).isFalse();
		assertThat(this.fixture.hasTimer()).isFalse();
	}

	@Test
	void aBusyConnectionFillsNoDiskAndSaysWhatIsLeftOut() {
		trace(1_000_000);
		for (int i = 0; i < 5000; i++) {
			this.fixture.read(new byte[0x10]);
		}
		assertThat(lines()).as("what is read in no time, and that it is traced").hasSize(101);
		this.fixture.pass(1000);
		this.fixture.read(new byte[0x10]);
		assertThat(lines()).hasSize(102);
		assertThat(withheld()).isEqualTo(4900);
	}

	private long withheld() {
		return lines().stream().map(WITHHELD::matcher).filter(Matcher::find).mapToLong((found) -> {
			return Long.parseLong(found.group(1));
		}).sum();
	}

}
