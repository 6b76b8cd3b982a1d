package io.skyport.sql.dialect;

import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A parameter written {@code $n}; plain {@link SqlDynamicParam}s were written {@code ?}. */
public final class NumberedParameter extends SqlDynamicParam {

    /** PostgreSQL's limit. */
    private static final int MAX_DIGITS = 5;

    private final String image;

    NumberedParameter(String image, SqlParserPos pos) {
        super(index(image), pos);
        this.image = image;
    }

    /** Whether the number is one that a parameter can have. */
    public boolean valid() {
        return getIndex() >= 0;
    }

    /** As written. */
    public String image() {
        return image;
    }

    @Override
    public SqlNode clone(SqlParserPos pos) {
        return new NumberedParameter(image, pos);
    }

    private static int index(String image) {
        return image.length() > 1 + MAX_DIGITS ? -1 : Integer.parseInt(image.substring(1)) - 1;
    }
}
