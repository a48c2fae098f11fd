package dev.longshore.api.values;

import dev.longshore.api.meta.v1.MicroTime;
import dev.longshore.api.meta.v1.Time;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Times of the API: {@link Time} in whole seconds, {@link MicroTime} in microseconds, both in UTC as RFC 3339 text. The
 * epoch itself cannot be told from "no time" in their protobuf form, and is "no time" here too.
 */
public final class Times {
    private static final int NANOS_PER_MICRO = 1000;
    private static final int DATE_LENGTH = "2006-01-02T".length();
    private static final int SECONDS_LENGTH = "2006-01-02T15:04:05".length();
    private static final int MICROS_LENGTH = "2006-01-02T15:04:05.000000".length();

    private Times() {
    }

    /** Cut to whole seconds. */
    public static Time time(Instant instant) {
        return Time.newBuilder().setSeconds(instant.getEpochSecond()).build();
    }

    /** Cut to microseconds. */
    public static MicroTime microTime(Instant instant) {
        return MicroTime.newBuilder().setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano() / NANOS_PER_MICRO * NANOS_PER_MICRO).build();
    }

    /** Empty for the empty time. */
    public static Optional<Instant> instant(Time time) {
        return time.getSeconds() == 0 && time.getNanos() == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
    }

    /** Empty for the empty time. */
    public static Optional<Instant> instant(MicroTime time) {
        return time.getSeconds() == 0 && time.getNanos() == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
    }

    /** {@code 2026-11-20T09:30:00Z}. */
    public static String format(Instant instant) {
        return format(instant.getEpochSecond());
    }

    /** {@code 2026-11-20T09:30:00Z} of seconds since the epoch. */
    public static String format(long epochSeconds) {
        return dateAndTime(epochSeconds).append('Z').toString();
    }

    /** {@code 2026-11-20T09:30:00.000000Z}. */
    public static String formatMicros(Instant instant) {
        return formatMicros(instant.getEpochSecond(), instant.getNano());
    }

    /** {@code 2026-11-20T09:30:00.000000Z} of seconds since the epoch and nanoseconds within the second. */
    public static String formatMicros(long epochSeconds, int nanos) {
        StringBuilder text = dateAndTime(epochSeconds).append('.');
        int micros = nanos / NANOS_PER_MICRO;
        for (int unit = 100_000; unit > 0; unit /= 10) {
            text.append((char) ('0' + micros / unit % 10));
        }
        return text.append('Z').toString();
    }

    private static StringBuilder dateAndTime(long epochSeconds) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(epochSeconds, 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(MICROS_LENGTH + 1);
        appendPair(text, time.getYear() / 100);
        appendPair(text, time.getYear() % 100);
        appendPair(text.append('-'), time.getMonthValue());
        appendPair(text.append('-'), time.getDayOfMonth());
        appendPair(text.append('T'), time.getHour());
        appendPair(text.append(':'), time.getMinute());
        appendPair(text.append(':'), time.getSecond());
        return text;
    }

    private static void appendPair(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** RFC 3339 with any offset, cut to whole seconds. Fails with IllegalArgumentException. */
    public static Instant parse(String text) {
        return parseOffset(text).truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * RFC 3339 with exactly six digits after the point, as Kubernetes wants it. Fails with
     * IllegalArgumentException.
     */
    public static Instant parseMicros(String text) {
        boolean sixDigits = text.length() > MICROS_LENGTH && text.charAt(SECONDS_LENGTH) == '.'
                && text.substring(SECONDS_LENGTH + 1, MICROS_LENGTH).chars().allMatch(Character::isDigit)
                && !Character.isDigit(text.charAt(MICROS_LENGTH));
        if (!sixDigits) {
            throw invalid(text, "RFC 3339 with six digits for microseconds");
        }
        return parseOffset(text);
    }

    private static Instant parseOffset(String text) {
        boolean shaped = text.length() > SECONDS_LENGTH && text.charAt(DATE_LENGTH - 1) == 'T'
                && text.charAt(SECONDS_LENGTH - 3) == ':' && Character.isDigit(text.charAt(0));
        if (!shaped) {
            throw invalid(text, "RFC 3339");
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid(text, "RFC 3339");
        }
    }

    private static IllegalArgumentException invalid(String text, String wanted) {
        return new IllegalArgumentException("\"" + text + "\" is no time in " + wanted);
    }
}
