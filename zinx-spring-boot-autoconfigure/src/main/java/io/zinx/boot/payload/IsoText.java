package io.zinx.boot.payload;

import java.lang.reflect.Constructor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.ClassUtils;

/**
 * Dates and times as text in ISO 8601, in every locale and time zone of the JVM. Any
 * thread.
 */
@SuppressWarnings("JavaUtilDate")
final class IsoText {

	private static final Map<Class<?>, Function<String, Object>> READERS = Map.ofEntries(
			Map.entry(LocalDate.class, LocalDate::parse), Map.entry(LocalTime.class, LocalTime::parse),
			Map.entry(LocalDateTime.class, LocalDateTime::parse),
			Map.entry(OffsetDateTime.class, OffsetDateTime::parse), Map.entry(OffsetTime.class, OffsetTime::parse),
			Map.entry(ZonedDateTime.class, ZonedDateTime::parse), Map.entry(Instant.class, Instant::parse),
			Map.entry(Year.class, Year::parse), Map.entry(YearMonth.class, YearMonth::parse),
			Map.entry(MonthDay.class, MonthDay::parse), Map.entry(Calendar.class, IsoText::calendar),
			Map.entry(GregorianCalendar.class, IsoText::calendar));

	/** The dates without a time zone. Their own text is ISO, and can be read as it is. */
	private static final Set<String> LOCAL_DATES = Set.of("java.sql.Date", "java.sql.Time");

	private static final int LENGTH_OF_DAY = "1986-04-25".length();

	private IsoText() {
	}

	/**
	 * Tell whether a type is a date or time.
	 */
	static boolean supports(Class<?> type) {
		return READERS.containsKey(type) || isDate(type) || Calendar.class.isAssignableFrom(type);
	}

	private static boolean isDate(Class<?> type) {
		return Date.class.isAssignableFrom(type) && !LOCAL_DATES.contains(type.getName());
	}

	/**
	 * Read a date or time.
	 * @param type a supported type
	 * @param text the text
	 * @return the value, or {@code null} if the text is blank
	 * @throws RuntimeException if the text is something else
	 */
	static @Nullable Object read(Class<?> type, String text) {
		if (text.isBlank()) {
			return null;
		}
		Function<String, Object> reader = READERS.get(type);
		if (reader != null) {
			return reader.apply(text.strip());
		}
		Constructor<?> ofMillis = isDate(type) ? ClassUtils.getConstructorIfAvailable(type, long.class) : null;
		if (ofMillis == null) {
			throw new IllegalArgumentException("a " + type.getName() + " cannot be made of a point in time");
		}
		return BeanUtils.instantiateClass(ofMillis, instant(text.strip()).toEpochMilli());
	}

	private static Instant instant(String text) {
		return (text.length() == LENGTH_OF_DAY) ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
				: OffsetDateTime.parse(text).toInstant();
	}

	private static Calendar calendar(String text) {
		return GregorianCalendar.from(OffsetDateTime.parse(text).toZonedDateTime());
	}

	/**
	 * Write a date or time.
	 * @param value any value
	 * @return its text, or {@code null} if it is no date or time
	 */
	@SuppressWarnings("JavaUtilDate")
	static @Nullable String write(@Nullable Object value) {
		if (value instanceof Calendar calendar) {
			return OffsetDateTime.ofInstant(calendar.toInstant(), calendar.getTimeZone().toZoneId()).toString();
		}
		if (value instanceof Date date && isDate(value.getClass())) {
			return Instant.ofEpochMilli(date.getTime()).toString();
		}
		return (value != null && READERS.containsKey(value.getClass())) ? value.toString() : null;
	}

}
