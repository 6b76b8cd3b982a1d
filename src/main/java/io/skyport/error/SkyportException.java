package io.skyport.error;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of Skyport's own: what is wrong, with which {@link ErrorCode}, and where in the SQL.
 *
 * <p>{@link #getMessage()} is what the client sees: the text, then the position if there is one. It never carries a
 * stack trace and never exceeds {@link #MAX_MESSAGE_BYTES} of UTF-8, because gRPC carries it in trailers with a limit.
 */
public final class SkyportException extends RuntimeException {

    /** The longest message a client sees, in bytes of UTF-8. */
    public static final int MAX_MESSAGE_BYTES = 4096;

    private static final long serialVersionUID = 1L;
    private static final String ELLIPSIS = "...";

    private final ErrorCode code;
    private final String text;
    private final transient @Nullable SqlPosition position;

    public SkyportException(ErrorCode code, String text) {
        this(code, text, null, null);
    }

    public SkyportException(ErrorCode code, String text, @Nullable Throwable cause) {
        this(code, text, null, cause);
    }

    public SkyportException(ErrorCode code, String text, @Nullable SqlPosition position, @Nullable Throwable cause) {
        super(message(text, position), cause);
        this.code = code;
        this.text = text;
        this.position = position;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without the position. */
    public String text() {
        return text;
    }

    /** Where in the client's SQL, when that is known. */
    public Optional<SqlPosition> position() {
        return Optional.ofNullable(position);
    }

    private static String message(String text, @Nullable SqlPosition position) {
        String suffix = position == null ? "" : " (" + position + ")";
        return truncate(text, MAX_MESSAGE_BYTES - suffix.length()) + suffix;
    }

    private static String truncate(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        int end = maxBytes - ELLIPSIS.length();
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + ELLIPSIS;
    }
}
