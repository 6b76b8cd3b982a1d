package io.skyport.sql.text;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Babel's rules, which read most dialects, but where they change what a statement means. */
public final class SkyportConformance extends SqlDelegatingConformance {

    public static final SkyportConformance INSTANCE = new SkyportConformance();

    private SkyportConformance() {
        super(SqlConformanceEnum.BABEL);
    }

    /** Babel would wrap ungrouped columns in ANY_VALUE, and make ROLLUP and CUBE wrong by it. */
    @Override
    public boolean isNonStrictGroupBy() {
        return false;
    }

    /** Struct fields are reached with a dot; a colon belongs to slices. */
    @Override
    public boolean isColonFieldAccessAllowed() {
        return false;
    }

    /** {@code ROW(1, 2)} may stand wherever an expression may. */
    @Override
    public boolean allowExplicitRowValueConstructor() {
        return true;
    }
}
