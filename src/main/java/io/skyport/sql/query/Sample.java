package io.skyport.sql.query;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** How many rows TABLESAMPLE and USING SAMPLE take, and which. */
public final class Sample extends QueryPart {

    /** What the size counts. */
    public enum Unit {
        PERCENT,
        ROWS,
        /** Percent for BERNOULLI and SYSTEM, as the standard says; else rows. */
        OF_METHOD
    }

    private final @Nullable SqlIdentifier method;
    private final SqlNumericLiteral size;
    private final Unit unit;
    private final @Nullable SqlNumericLiteral seed;

    public Sample(
            SqlParserPos pos,
            @Nullable SqlIdentifier method,
            SqlNumericLiteral size,
            Unit unit,
            @Nullable SqlNumericLiteral seed) {
        super(pos);
        this.method = method;
        this.size = size;
        this.unit = unit;
        this.seed = seed;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of(size);
    }

    public @Nullable SqlIdentifier method() {
        return method;
    }

    public SqlNumericLiteral size() {
        return size;
    }

    public Unit unit() {
        return unit;
    }

    public @Nullable SqlNumericLiteral seed() {
        return seed;
    }
}
