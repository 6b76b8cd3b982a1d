package io.skyport.flydb.server;

/** Puts numbers, dates and times into one array of ASCII characters that is used again and again. */
final class Ascii {

    private static final int MAX_LENGTH = 128;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;
    /** From 0000-03-01 to 1970-01-01. */
    private static final int EPOCH = 719_468;

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3600;

    private final byte[] bytes = new byte[MAX_LENGTH];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Ascii clear() {
        length = 0;
        return this;
    }

    Ascii add(char c) {
        bytes[length++] = (byte) c;
        return this;
    }

    Ascii add(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            add(ascii.charAt(i));
        }
        return this;
    }

    /** Digits of a number that is not negative, with zeros before it up to a width. */
    Ascii digits(long value, int width) {
        int start = length;
        long left = value;
        do {
            add((char) ('0' + left % 10));
            left /= 10;
        } while (left != 0);
        while (length - start < width) {
            add('0');
        }
        for (int i = start, j = length - 1; i < j; i++, j--) {
            byte swapped = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = swapped;
        }
        return this;
    }

    /** A decimal number with exactly so many digits behind the point; not for the least long. */
    Ascii decimal(long unscaled, int scale) {
        if (unscaled < 0) {
            add('-');
        }
        long value = Math.abs(unscaled);
        digits(value, scale + 1);
        if (scale > 0) {
            System.arraycopy(bytes, length - scale, bytes, length - scale + 1, scale);
            bytes[length - scale] = '.';
            length++;
        }
        return this;
    }

    /** A date of the proleptic Gregorian calendar, as the engine reads it: years before 1 have " (BC)" behind the day. */
    Ascii date(long epochDay) {
        // Days are counted from March on, so that the leap day is a year's last one.
        long day = epochDay + EPOCH;
        long era = Math.floorDiv(day, (long) DAYS_PER_ERA);
        int ofEra = (int) Math.floorMod(day, (long) DAYS_PER_ERA);
        int yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365;
        int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int shifted = (5 * ofYear + 2) / 153;
        int month = shifted < 10 ? shifted + 3 : shifted - 9;
        long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
        digits(year > 0 ? year : 1 - year, 4).add('-').digits(month, 2).add('-');
        digits(ofYear - (153L * shifted + 2) / 5 + 1, 2);
        return year > 0 ? this : add(" (BC)");
    }

    /** Hours, minutes and seconds, with as many digits of the second's fraction as it has. */
    Ascii time(long nanos) {
        long seconds = nanos / NANOS_PER_SECOND;
        digits(seconds / SECONDS_PER_HOUR, 2).add(':');
        digits(seconds % SECONDS_PER_HOUR / SECONDS_PER_MINUTE, 2).add(':');
        digits(seconds % SECONDS_PER_MINUTE, 2);
        long fraction = nanos % NANOS_PER_SECOND;
        if (fraction != 0) {
            add('.').digits(fraction, NANO_DIGITS);
            while (bytes[length - 1] == '0') {
                length--;
            }
        }
        return this;
    }

    /** RFC 3339 in UTC; before the year 1 as the engine reads it. */
    Ascii timestamp(long epochSecond, long nanos) {
        int secondsPerDay = 24 * SECONDS_PER_HOUR;
        long day = Math.floorDiv(epochSecond, (long) secondsPerDay);
        long ofDay = Math.floorMod(epochSecond, (long) secondsPerDay);
        date(day);
        boolean common = bytes[length - 1] != ')';
        add(common ? 'T' : ' ').time(ofDay * NANOS_PER_SECOND + nanos);
        return common ? add('Z') : this;
    }

    /** As the engine writes it and reads it: {@code 1 year 2 months 3 days 04:05:06.5}. */
    Ascii interval(int months, int days, long nanos) {
        unit(months / 12, " year").unit(months % 12, " month").unit(days, " day");
        if (nanos != 0 || length == 0) {
            if (length > 0) {
                add(' ');
            }
            if (nanos < 0) {
                add('-');
            }
            time(Math.abs(nanos));
        }
        return this;
    }

    private Ascii unit(int count, String unit) {
        if (count != 0) {
            if (length > 0) {
                add(' ');
            }
            if (count < 0) {
                add('-');
            }
            digits(Math.abs((long) count), 1).add(unit);
            if (Math.abs((long) count) != 1) {
                add('s');
            }
        }
        return this;
    }
}
