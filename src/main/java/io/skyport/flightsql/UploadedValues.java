package io.skyport.flightsql;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.util.ValueVectorUtility;
import org.apache.arrow.vector.validate.ValidateVectorDataVisitor;

/**
 * Arrow's check of all that a vector's buffers point at, without two of its mistakes: it takes a decimal of as many digits
 * as declared for one too many, and looks for offsets in fixed-size lists, which have none. Decimals beyond their
 * precision are the engine's to refuse.
 */
final class UploadedValues extends ValidateVectorDataVisitor {

    private UploadedValues() {}

    /** Throws if the vector's buffers contradict each other or its type. */
    static void check(FieldVector vector) {
        ValueVectorUtility.validate(vector);
        vector.accept(new UploadedValues(), null);
    }

    @Override
    public Void visit(BaseFixedWidthVector vector, Void value) {
        return vector instanceof DecimalVector || vector instanceof Decimal256Vector
                ? value
                : super.visit(vector, value);
    }

    @Override
    public Void visit(FixedSizeListVector vector, Void value) {
        return vector.getDataVector().accept(this, value);
    }
}
