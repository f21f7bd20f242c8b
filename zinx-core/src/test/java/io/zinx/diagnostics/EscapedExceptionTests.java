package io.zinx.diagnostics;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EscapedExceptionTests {

	private static String printed(Throwable ex) {
		StringWriter out = new StringWriter();
		ex.printStackTrace(new PrintWriter(out));
		return out.toString();
	}

	@Test
	void whatCanBeLoggedIsLoggedAsItIs() {
		Exception harmless = new IllegalStateException("state", new IOException("closed"));
		harmless.addSuppressed(new IOException("twice"));
		assertThat(EscapedException.of(harmless)).isSameAs(harmless);
		assertThat(EscapedException.of(new IllegalStateException())).isExactlyInstanceOf(IllegalStateException.class);
	}

	@Test
	void whateverAPeerWroteIntoItAnExceptionBeginsNoLineOfItsOwn() {
		Exception hostile = new IllegalStateException("state", new IOException("x\nFAKE LINE"));
		hostile.addSuppressed(new IOException("y\u001b[31m"));
		String printed = printed(EscapedException.of(hostile));
		assertThat(printed).contains("java.lang.IllegalStateException: state",
				"Caused by: " + EscapedException.class.getName() + ": java.io.IOException: x\\nFAKE LINE",
				"java.io.IOException: y\\u001b[31m", "at " + EscapedExceptionTests.class.getName());
		assertThat(printed.lines()).noneMatch((line) -> line.startsWith("FAKE"));
		assertThat(printed).doesNotContain("\u001b");
	}

	@Test
	void whatIsLongIsCut() {
		String longText = "x".repeat(100_000);
		assertThat(EscapedException.of(new IOException(longText)).getMessage()).hasSizeLessThan(5000);
	}

	@Test
	void forThePeersFaultNobodyAsksWhere() {
		Throwable escaped = EscapedException.withoutTrace(new IOException("x\ny", new IOException("z")));
		assertThat(escaped.getStackTrace()).isEmpty();
		assertThat(escaped).cause()
			.hasMessage("java.io.IOException: z")
			.extracting(Throwable::getStackTrace)
			.isEqualTo(new StackTraceElement[0]);
	}

	@Test
	void exceptionsThatCauseEachOtherHaveAnEnd() {
		Exception first = new IOException("a\nb");
		Exception second = new IOException("second", first);
		first.initCause(second);
		for (int i = 0; i < 100; i++) {
			second.addSuppressed(new IOException("suppressed " + i, first));
		}
		assertThat(printed(EscapedException.of(first))).contains("a\\nb", "second", "suppressed 1");
		Throwable deep = new IOException("deep");
		for (int i = 0; i < 1000; i++) {
			deep = new IOException("caused", deep);
		}
		assertThat(printed(EscapedException.of(deep))).hasSizeLessThan(1_000_000);
	}

	@Test
	void tellsTheTypeOfTheOneForWhichItStands() {
		assertThat(EscapedException.typeOf(EscapedException.of(new IOException("x\ny")))).isSameAs(IOException.class);
		assertThat(EscapedException.typeOf(new IOException("x"))).isSameAs(IOException.class);
	}

}
