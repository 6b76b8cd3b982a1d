package io.skyport.sql.dialect;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.text.SqlText;
import java.math.BigInteger;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What literals mean, by their text. */
public final class Literals {

    public static final char BACKSLASH = '\\';

    private static final int BASIC = 4;
    private static final int SUPPLEMENTARY = 6;
    private static final int LONG = 8;
    private static final int HEXADECIMAL = 16;

    private Literals() {}

    /** Of {@code 'it''s'}, also with a prefix. */
    public static String text(String image) {
        String quoted = image.substring(image.indexOf('\'') + 1, image.length() - 1);
        return quoted.replace("''", "'");
    }

    /** {@code N'text'}; no other character set has a meaning. */
    public static String prefixed(String image, SqlParserPos pos) {
        if (!image.regionMatches(true, 0, "N'", 0, 2)) {
            throw error(ErrorCode.FEATURE_NOT_SUPPORTED, "character sets are not supported: all text is UTF-8", pos);
        }
        return text(image);
    }

    /** {@code $tag$text$tag$} */
    public static String dollarQuoted(String image) {
        int tag = image.indexOf('$', 1) + 1;
        return image.substring(tag, image.length() - tag);
    }

    /** {@code 0xFF}, {@code 0o17}, {@code 0b1} in decimal digits. */
    public static String integer(String image) {
        int radix = switch (Character.toLowerCase(image.charAt(1))) {
            case 'x' -> HEXADECIMAL;
            case 'o' -> 8;
            default -> 2;
        };
        return new BigInteger(image.substring(2).replace("_", ""), radix).toString();
    }

    /** {@code X'00ff'} */
    public static SqlLiteral binary(String image, SqlParserPos pos) {
        String digits = text(image);
        if (digits.length() % 2 != 0) {
            throw error(ErrorCode.SYNTAX_ERROR, "a binary literal has two digits for each byte", pos);
        }
        if (!digits.chars().allMatch(digit -> Character.digit(digit, HEXADECIMAL) >= 0)) {
            throw error(ErrorCode.SYNTAX_ERROR, "a binary literal has hexadecimal digits only", pos);
        }
        return SqlLiteral.createBinaryString(digits, pos);
    }

    /** The character behind UESCAPE. */
    public static char escape(String image, SqlParserPos pos) {
        String text = text(image);
        if (text.length() != 1 || "+'\" \t\n\r\f0123456789abcdefABCDEF".contains(text)) {
            throw error(ErrorCode.SYNTAX_ERROR, "'" + text + "' cannot be an escape character", pos);
        }
        return text.charAt(0);
    }

    /** {@code \00fc} and {@code \+01F600}, with any escape character. */
    public static String unicode(String text, char escape, SqlParserPos pos) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != escape) {
                plain.append(c);
            } else if (at + 1 < text.length() && text.charAt(at + 1) == escape) {
                plain.append(escape);
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '+') {
                plain.appendCodePoint(codePoint(text, at + 2, SUPPLEMENTARY, pos));
                at += 1 + SUPPLEMENTARY;
            } else {
                plain.append((char) codePoint(text, at + 1, BASIC, pos));
                at += BASIC;
            }
        }
        return plain.toString();
    }

    private static int codePoint(String text, int from, int digits, SqlParserPos pos) {
        if (from + digits > text.length()) {
            throw malformed(pos);
        }
        try {
            int point = Integer.parseUnsignedInt(text.substring(from, from + digits), HEXADECIMAL);
            if (point == 0 || !Character.isValidCodePoint(point)) {
                throw malformed(pos);
            }
            return point;
        } catch (NumberFormatException e) {
            throw malformed(pos);
        }
    }

    private static SkyportException malformed(SqlParserPos pos) {
        return error(ErrorCode.SYNTAX_ERROR, "a Unicode escape is not one of a character", pos);
    }

    /** {@code E'a\nb'}, as PostgreSQL reads it. */
    public static String escaped(String image, SqlParserPos pos) {
        String text = image.substring(2, image.length() - 1);
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\'') {
                at++;
            }
            if (c != BACKSLASH) {
                plain.append(c);
                continue;
            }
            at++;
            char kind = text.charAt(at);
            switch (kind) {
                case 'b' -> plain.append('\b');
                case 'f' -> plain.append('\f');
                case 'n' -> plain.append('\n');
                case 'r' -> plain.append('\r');
                case 't' -> plain.append('\t');
                case 'u' -> {
                    plain.append((char) codePoint(text, at + 1, BASIC, pos));
                    at += BASIC;
                }
                case 'U' -> {
                    plain.appendCodePoint(codePoint(text, at + 1, LONG, pos));
                    at += LONG;
                }
                default -> {
                    boolean hex = kind == 'x' && digits(text, at + 1, HEXADECIMAL, 2) > 0;
                    int from = hex ? at + 1 : at;
                    int length = hex ? digits(text, from, HEXADECIMAL, 2) : digits(text, from, 8, 3);
                    if (length == 0) {
                        plain.append(kind);
                    } else {
                        int code = Integer.parseInt(text.substring(from, from + length), hex ? HEXADECIMAL : 8);
                        if (code == 0) {
                            throw malformed(pos);
                        }
                        plain.append((char) code);
                        at = from + length - 1;
                    }
                }
            }
        }
        return plain.toString();
    }

    private static int digits(String text, int from, int radix, int most) {
        int length = 0;
        while (length < most
                && from + length < text.length()
                && Character.digit(text.charAt(from + length), radix) >= 0) {
            length++;
        }
        return length;
    }

    private static SkyportException error(ErrorCode code, String text, SqlParserPos pos) {
        return new SkyportException(code, text, SqlText.position(pos), null);
    }
}
