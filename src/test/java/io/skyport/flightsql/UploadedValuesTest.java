package io.skyport.flightsql;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UploadedValuesTest {

    private static final DictionaryProvider NONE = new DictionaryProvider.MapDictionaryProvider();

    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void nothing_leaks() {
        allocator.close();
    }

    @Test
    void a_decimal_with_all_the_digits_declared_is_in_order() {
        try (DecimalVector vector = new DecimalVector("d", allocator, 4, 2)) {
            vector.setSafe(0, new BigDecimal("99.99"));
            vector.setValueCount(1);
            assertThatCode(() -> UploadedValues.check(vector, vector.getValueCount(), NONE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void a_fixed_size_list_is_in_order() {
        FieldType type = FieldType.nullable(new ArrowType.FixedSizeList(2));
        try (FixedSizeListVector vector = new FixedSizeListVector("l", allocator, type, null)) {
            IntVector numbers = (IntVector) vector.addOrGetVector(FieldType.nullable(new ArrowType.Int(32, true)))
                    .getVector();
            numbers.setSafe(0, 1);
            numbers.setSafe(1, 2);
            numbers.setValueCount(2);
            vector.setNotNull(0);
            vector.setValueCount(1);
            assertThatCode(() -> UploadedValues.check(vector, vector.getValueCount(), NONE))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void offsets_that_run_backwards_are_found() {
        try (VarCharVector vector = new VarCharVector("s", allocator)) {
            vector.setSafe(0, new Text("one"));
            vector.setSafe(1, new Text("two"));
            vector.setValueCount(2);
            vector.getOffsetBuffer().setInt(4, 1_000_000);
            assertThatThrownBy(() -> UploadedValues.check(vector, vector.getValueCount(), NONE))
                    .hasMessageContaining("decreasing");
        }
    }
}
