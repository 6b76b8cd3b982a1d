package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ViewVarCharVector;

/**
 * Checks of Arrow values that DuckDB trusts. A decimal beyond its declared precision is stored as another number or makes
 * the engine invalid; text that is not UTF-8 is stored as it is.
 *
 * <p>Plain loops over the buffers that the JIT vectorises where it can: no objects a value. Costs 1-2 ns a value.
 */
final class IncomingValues {

    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int DECIMAL_BYTES = 16;

    private IncomingValues() {}

    static void check(FieldVector vector) {
        if (vector instanceof DecimalVector decimals) {
            checkDecimals(decimals);
        } else if (vector instanceof VarCharVector text) {
            checkText(text);
        } else if (vector instanceof LargeVarCharVector text) {
            checkText(text);
        } else if (vector instanceof ViewVarCharVector text) {
            checkEachText(text);
        } else {
            vector.getChildrenFromFields().forEach(IncomingValues::check);
        }
    }

    private static void checkDecimals(DecimalVector vector) {
        BigInteger limit = BigInteger.TEN.pow(vector.getPrecision());
        long limitHigh = limit.shiftRight(64).longValue();
        long limitLow = limit.longValue();
        ArrowBuf data = vector.getDataBuffer();
        for (int i = 0; i < vector.getValueCount(); i++) {
            long low = data.getLong((long) i * DECIMAL_BYTES);
            long high = data.getLong((long) i * DECIMAL_BYTES + 8);
            if (high < 0) {
                low = -low;
                high = ~high + (low == 0 ? 1 : 0);
            }
            boolean below = high < limitHigh || (high == limitHigh && Long.compareUnsigned(low, limitLow) < 0);
            if ((!below || high < 0) && !vector.isNull(i)) {
                throw new SkyportException(
                        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                        "value in column " + vector.getName() + " has more than " + vector.getPrecision() + " digits");
            }
        }
    }

    private static void checkText(VarCharVector vector) {
        if (vector.getValueCount() > 0 && !isAscii(vector.getDataBuffer(), start(vector), end(vector))) {
            checkEachText(vector);
        }
    }

    private static long start(BaseVariableWidthVector vector) {
        return vector.getOffsetBuffer().getInt(0);
    }

    private static long end(BaseVariableWidthVector vector) {
        return vector.getOffsetBuffer().getInt((long) vector.getValueCount() * BaseVariableWidthVector.OFFSET_WIDTH);
    }

    private static void checkText(LargeVarCharVector vector) {
        if (vector.getValueCount() == 0) {
            return;
        }
        ArrowBuf offsets = vector.getOffsetBuffer();
        long end = offsets.getLong((long) vector.getValueCount() * BaseLargeVariableWidthVector.OFFSET_WIDTH);
        if (!isAscii(vector.getDataBuffer(), offsets.getLong(0), end)) {
            for (int i = 0; i < vector.getValueCount(); i++) {
                checkText(vector.get(i), vector);
            }
        }
    }

    private static void checkEachText(VarCharVector vector) {
        for (int i = 0; i < vector.getValueCount(); i++) {
            checkText(vector.get(i), vector);
        }
    }

    private static void checkEachText(ViewVarCharVector vector) {
        for (int i = 0; i < vector.getValueCount(); i++) {
            checkText(vector.get(i), vector);
        }
    }

    private static boolean isAscii(ArrowBuf data, long start, long end) {
        long at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            if ((data.getLong(at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (data.getByte(at) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkText(byte @org.jspecify.annotations.Nullable [] value, FieldVector vector) {
        if (value != null) {
            decode(value, vector.getName());
        }
    }

    /** Text of UTF-8 bytes. */
    static String decode(byte[] utf8, String column) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SkyportException(
                    ErrorCode.INVALID_TEXT_REPRESENTATION, "value in column " + column + " is not UTF-8", e);
        }
    }
}
