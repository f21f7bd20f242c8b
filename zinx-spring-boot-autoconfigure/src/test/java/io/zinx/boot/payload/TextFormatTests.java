package io.zinx.boot.payload;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import io.zinx.boot.handler.PayloadConverter;
import io.zinx.boot.handler.PayloadFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;
import org.springframework.format.support.DefaultFormattingConversionService;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TextFormatTests {

	private static final LocalDate DATE = LocalDate.of(1986, 4, 25);

	private static final Instant INSTANT = Instant.parse("1986-04-25T13:05:07Z");

	private final Locale locale = Locale.getDefault();

	private PayloadConverter converter = new TextPayloadConverter(new ApplicationConversionService(),
			TextCharset.UTF_8);

	@AfterEach
	void restoreLocale() {
		Locale.setDefault(this.locale);
	}

	@ParameterizedTest
	@ValueSource(strings = { "en-US", "de-DE", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist" })
	void datesAndNumbersAreTheSameInEveryLocale(String tag) throws Exception {
		Locale.setDefault(Locale.forLanguageTag(tag));
		for (Map.Entry<Object, String> each : values().entrySet()) {
			ResolvableType type = ResolvableType.forInstance(each.getKey());
			assertThat(write(type, each.getKey())).isEqualTo(each.getValue());
			assertThat(read(type, each.getValue())).isEqualTo(each.getKey());
		}
	}

	private static Map<Object, String> values() {
		return Map.ofEntries(Map.entry(DATE, "1986-04-25"), Map.entry(LocalTime.of(13, 5, 7), "13:05:07"),
				Map.entry(LocalDateTime.of(1986, 4, 25, 13, 5, 7), "1986-04-25T13:05:07"),
				Map.entry(OffsetDateTime.parse("1986-04-25T13:05:07+02:00"), "1986-04-25T13:05:07+02:00"),
				Map.entry(OffsetTime.parse("13:05:07+02:00"), "13:05:07+02:00"),
				Map.entry(ZonedDateTime.parse("1986-04-25T13:05:07+09:00[Asia/Tokyo]"),
						"1986-04-25T13:05:07+09:00[Asia/Tokyo]"),
				Map.entry(INSTANT, "1986-04-25T13:05:07Z"), Map.entry(Year.of(1986), "1986"),
				Map.entry(YearMonth.of(1986, 4), "1986-04"), Map.entry(MonthDay.of(4, 25), "--04-25"),
				Map.entry(Date.from(INSTANT), "1986-04-25T13:05:07Z"),
				Map.entry(Timestamp.from(INSTANT), "1986-04-25T13:05:07Z"),
				Map.entry(java.sql.Date.valueOf(DATE), "1986-04-25"), Map.entry(1234567.5, "1234567.5"),
				Map.entry(1234567, "1234567"), Map.entry(new BigDecimal("-1234567.50"), "-1234567.50"));
	}

	@Test
	void datesInListsArraysAndStreamsAreTheSame() throws Exception {
		this.converter = new TextPayloadConverter(new DefaultFormattingConversionService(), TextCharset.UTF_8);
		Locale.setDefault(Locale.US);
		ResolvableType list = ResolvableType.forClassWithGenerics(List.class, LocalDate.class);
		ResolvableType array = ResolvableType.forClass(LocalDate[].class);
		String text = "1986-04-25,2086-04-25";
		LocalDate[] dates = { DATE, DATE.plusYears(100) };
		assertThat(write(list, Arrays.asList(dates))).isEqualTo(text);
		assertThat(write(ResolvableType.forClass(List.class), Arrays.asList(dates))).isEqualTo(text);
		assertThat(write(array, dates)).isEqualTo(text);
		assertThat(write(ResolvableType.forClassWithGenerics(Stream.class, LocalDate.class), Stream.of(dates)))
			.isEqualTo(text);
		assertThat(read(list, text)).isEqualTo(List.of(dates));
		assertThat(read(array, text)).isEqualTo(dates);
		assertThat(write(ResolvableType.forClass(List.class), List.of(1, "a"))).isEqualTo("1,a");
		assertThat(write(ResolvableType.forClass(List.class), List.of())).isEmpty();
	}

	@Test
	void calendarsHaveTheirOffset() throws Exception {
		ResolvableType type = ResolvableType.forClass(Calendar.class);
		Calendar calendar = (Calendar) read(type, "1986-04-25T13:05:07+02:00");
		assertThat(calendar.toInstant()).isEqualTo("1986-04-25T11:05:07Z");
		assertThat(write(type, calendar)).isEqualTo("1986-04-25T13:05:07+02:00");
	}

	@Test
	void aDayIsADateAtMidnightAndWhatIsNotIsoIsRefused() throws Exception {
		assertThat(read(ResolvableType.forClass(Date.class), "1986-04-25"))
			.isEqualTo(Date.from(Instant.parse("1986-04-25T00:00:00Z")));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> read(ResolvableType.forClass(LocalDate.class), "4/25/86"))
			.withMessageContaining("4/25/86");
		assertThat(this.converter.reader(ResolvableType.forClass(LocalDate.class)).read(new byte[0])).isNull();
	}

	@Test
	void whatNothingConvertsIsRefusedAtTheStart() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.converter.reader(ResolvableType.forClass(Map.class)))
			.withMessageContaining("cannot convert");
	}

	@Test
	void anApplicationsOwnConverterOfTheFormatComesFirst() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		PayloadConverter mine = new TextPayloadConverter(new ApplicationConversionService(), TextCharset.UTF_8);
		beans.registerSingleton("mine", mine);
		PayloadFormats formats = new PayloadFormats(PayloadFormat.STRING, beans.getBeanProvider(PayloadConverter.class),
				beans);
		assertThat(formats.resolve(PayloadEncoding.DEFAULT).converter()).isSameAs(mine);
	}

	private String write(ResolvableType type, Object value) throws Exception {
		return new String(this.converter.writer(type).write(value), StandardCharsets.UTF_8);
	}

	private Object read(ResolvableType type, String text) throws Exception {
		Object read = this.converter.reader(type).read(text.getBytes(StandardCharsets.UTF_8));
		assertThat(read).isNotNull();
		return read;
	}

}
