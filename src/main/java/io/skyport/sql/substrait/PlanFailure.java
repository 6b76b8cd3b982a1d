package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.util.List;

/**
 * What a client is told when its plan could not be read. Substrait's and Calcite's libraries throw whatever they like at a plan
 * that contradicts itself; what our own classes throw is a fault of ours, unless they say what is wrong with the plan.
 */
final class PlanFailure {

    /** Who is asked by others, and does not know what for. */
    private static final List<String> TOOLS =
            List.of("java.", "jdk.", "sun.", "com.google.common.", "com.google.protobuf.");

    private static final String OURS = "io.skyport.";

    private PlanFailure() {}

    /** A failure of {@code thrown}: 0A000, 22000, XX000, or the one that it was caused by. */
    static SkyportException of(RuntimeException thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SkyportException own) {
                return own;
            }
            if (cause instanceof UnsupportedOperationException && !ours(cause)) {
                return new SkyportException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "The plan is not supported: " + reason(cause), thrown);
            }
            root = cause;
        }
        return ours(root)
                ? new SkyportException(
                        ErrorCode.INTERNAL_ERROR, "The server failed to read the plan; its log tells why", thrown)
                : new SkyportException(
                        ErrorCode.DATA_EXCEPTION, "The plan contradicts itself: " + reason(thrown), thrown);
    }

    private static String reason(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }

    /** Whether a class of ours threw it, or asked for what could not be. */
    private static boolean ours(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String name = frame.getClassName();
            if (TOOLS.stream().noneMatch(name::startsWith)) {
                return name.startsWith(OURS);
            }
        }
        return true;
    }
}
