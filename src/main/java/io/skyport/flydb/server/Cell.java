package io.skyport.flydb.server;

import io.skyport.engine.ArrowValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * A column of a batch, whose values it gives to a {@link ValueSink} without an object for each. Only nested values, decimals of
 * more than 18 digits and floating-point numbers need one.
 */
abstract class Cell {

    private static final long NANOS_PER_MICRO = 1000;
    private static final int DECIMAL_BYTES = 16;

    private final FieldVector vector;

    Cell(FieldVector vector) {
        this.vector = vector;
    }

    /** Writes the value of a row. */
    final void write(int row, ValueSink sink) throws IOException {
        if (vector.isNull(row)) {
            sink.nothing();
        } else {
            present(row, sink);
        }
    }

    /** Writes the value of a row that has one. */
    abstract void present(int row, ValueSink sink) throws IOException;

    static Cell of(FieldVector vector) {
        return switch (vector.getMinorType()) {
            case BIT -> of((BitVector) vector);
            case TINYINT -> integers(vector, ((TinyIntVector) vector)::get);
            case SMALLINT -> integers(vector, ((SmallIntVector) vector)::get);
            case INT -> integers(vector, ((IntVector) vector)::get);
            case BIGINT -> integers(vector, ((BigIntVector) vector)::get);
            case FLOAT4 -> of((Float4Vector) vector);
            case FLOAT8 -> of((Float8Vector) vector);
            case DECIMAL -> new Decimals((DecimalVector) vector);
            case VARCHAR -> texts((VarCharVector) vector);
            case VARBINARY -> binaries((VarBinaryVector) vector);
            case DATEDAY -> dates((DateDayVector) vector);
            case TIMEMICRO -> times(vector, row -> ((TimeMicroVector) vector).get(row) * NANOS_PER_MICRO);
            case TIMENANO -> times(vector, ((TimeNanoVector) vector)::get);
            case TIMESTAMPSEC,
                    TIMESTAMPMILLI,
                    TIMESTAMPMICRO,
                    TIMESTAMPNANO,
                    TIMESTAMPSECTZ,
                    TIMESTAMPMILLITZ,
                    TIMESTAMPMICROTZ,
                    TIMESTAMPNANOTZ -> new Timestamps((TimeStampVector) vector);
            case INTERVALMONTHDAYNANO -> intervals((IntervalMonthDayNanoVector) vector);
            default -> nested(vector);
        };
    }

    /** A number of each row. */
    private interface Numbers {
        long get(int row);
    }

    private static Cell of(BitVector vector) {
        return new Cell(vector) {
            @Override
            void present(int row, ValueSink sink) throws IOException {
                sink.truth(vector.get(row) != 0);
            }
        };
    }

    private static Cell integers(FieldVector vector, Numbers numbers) {
        return new Cell(vector) {
            @Override
            void present(int row, ValueSink sink) throws IOException {
                sink.integer(numbers.get(row));
            }
        };
    }

    private static Cell of(Float4Vector vector) {
        return new Cell(vector) {
            @Override
            void present(int row, ValueSink sink) throws IOException {
                sink.real(vector.get(row));
            }
        };
    }

    private static Cell of(Float8Vector vector) {
        return new Cell(vector) {
            @Override
            void present(int row, ValueSink sink) throws IOException {
                sink.real(vector.get(row));
            }
        };
    }

    private static Cell dates(DateDayVector vector) {
        return new Plain(vector) {
            @Override
            void put(int row, Ascii out) {
                int day = vector.get(row);
                if (Math.abs((long) day) == Integer.MAX_VALUE) {
                    out.add(day > 0 ? "infinity" : "-infinity");
                } else {
                    out.date(day);
                }
            }
        };
    }

    private static Cell times(FieldVector vector, Numbers nanos) {
        return new Plain(vector) {
            @Override
            void put(int row, Ascii out) {
                out.time(nanos.get(row));
            }
        };
    }

    private static Cell intervals(IntervalMonthDayNanoVector vector) {
        return new Plain(vector) {
            @Override
            void put(int row, Ascii out) {
                ArrowBuf data = vector.getDataBuffer();
                out.interval(
                        IntervalMonthDayNanoVector.getMonths(data, row),
                        IntervalMonthDayNanoVector.getDays(data, row),
                        IntervalMonthDayNanoVector.getNanoseconds(data, row));
            }
        };
    }

    private static Cell texts(VarCharVector vector) {
        return new Bytes(vector) {
            @Override
            void give(byte[] bytes, int length, ValueSink sink) throws IOException {
                sink.text(bytes, length);
            }
        };
    }

    private static Cell binaries(VarBinaryVector vector) {
        return new Bytes(vector) {
            @Override
            void give(byte[] bytes, int length, ValueSink sink) throws IOException {
                sink.binary(bytes, length);
            }
        };
    }

    private static Cell nested(FieldVector vector) {
        DictionaryProvider none = new DictionaryProvider.MapDictionaryProvider();
        return new Cell(vector) {
            @Override
            void present(int row, ValueSink sink) throws IOException {
                byte[] json = NestedText.of(ArrowValues.value(vector, row, none));
                sink.text(json, json.length);
            }
        };
    }

    /** Values whose text is a few ASCII characters. */
    private abstract static class Plain extends Cell {

        private final Ascii out = new Ascii();

        Plain(FieldVector vector) {
            super(vector);
        }

        abstract void put(int row, Ascii out);

        @Override
        final void present(int row, ValueSink sink) throws IOException {
            put(row, out.clear());
            sink.plain(out.bytes(), out.length());
        }
    }

    private static final class Timestamps extends Plain {

        private final TimeStampVector vector;
        private final long perSecond;
        private final long nanosPerUnit;

        Timestamps(TimeStampVector vector) {
            super(vector);
            this.vector = vector;
            TimeUnit unit = ((ArrowType.Timestamp) vector.getField().getType()).getUnit();
            this.perSecond = switch (unit) {
                case SECOND -> 1;
                case MILLISECOND -> 1_000;
                case MICROSECOND -> 1_000_000;
                case NANOSECOND -> 1_000_000_000;
            };
            this.nanosPerUnit = 1_000_000_000 / perSecond;
        }

        @Override
        void put(int row, Ascii out) {
            long value = vector.get(row);
            if (value == Long.MAX_VALUE || value == -Long.MAX_VALUE) {
                out.add(value > 0 ? "infinity" : "-infinity");
            } else {
                out.timestamp(Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * nanosPerUnit);
            }
        }
    }

    private static final class Decimals extends Cell {

        private final DecimalVector vector;
        private final int scale;
        private final Ascii out = new Ascii();

        Decimals(DecimalVector vector) {
            super(vector);
            this.vector = vector;
            this.scale = vector.getScale();
        }

        @Override
        void present(int row, ValueSink sink) throws IOException {
            long start = (long) row * DECIMAL_BYTES;
            long low = vector.getDataBuffer().getLong(start);
            long high = vector.getDataBuffer().getLong(start + Long.BYTES);
            out.clear();
            if (high == low >> (Long.SIZE - 1) && low != Long.MIN_VALUE) {
                out.decimal(low, scale);
            } else {
                BigInteger unscaled =
                        BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(new BigInteger(Long.toUnsignedString(low)));
                out.add(new BigDecimal(unscaled, scale).toPlainString());
            }
            sink.plain(out.bytes(), out.length());
        }
    }

    /** Values of any length, in an array that is used again. */
    private abstract static class Bytes extends Cell {

        private final BaseVariableWidthVector vector;
        private byte[] bytes = new byte[0];

        Bytes(BaseVariableWidthVector vector) {
            super(vector);
            this.vector = vector;
        }

        abstract void give(byte[] bytes, int length, ValueSink sink) throws IOException;

        @Override
        final void present(int row, ValueSink sink) throws IOException {
            int start = vector.getStartOffset(row);
            int length = vector.getEndOffset(row) - start;
            if (bytes.length < length) {
                bytes = new byte[Math.max(length, 2 * bytes.length)];
            }
            vector.getDataBuffer().getBytes(start, bytes, 0, length);
            give(bytes, length, sink);
        }
    }
}
