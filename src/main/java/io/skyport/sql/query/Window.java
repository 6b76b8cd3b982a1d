package io.skyport.sql.query;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A window whose frame may count GROUPS too. */
public final class Window extends SqlWindow {

    private final String unit;

    /** @param unit ROWS, RANGE or GROUPS; empty without a frame */
    @SuppressWarnings("NullAway") // Calcite's constructor takes null for what is left out.
    public Window(
            SqlParserPos pos,
            @Nullable SqlIdentifier base,
            SqlNodeList partitions,
            SqlNodeList order,
            String unit,
            @Nullable SqlNode lower,
            @Nullable SqlNode upper,
            SqlLiteral exclude) {
        super(
                pos,
                null,
                base,
                partitions,
                order,
                SqlLiteral.createBoolean(unit.equals("ROWS"), SqlParserPos.ZERO),
                lower,
                upper,
                null,
                exclude);
        this.unit = unit;
    }

    public String unit() {
        return unit;
    }
}
