package io.skyport.flydb.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types that the guide lists ("Supported SQL Types"), in its order. Columns may have others. */
final class GuideTypes {

    private static final int DATETIME = 9;
    private static final int FULL = 3;
    private static final int RADIX = 10;
    private static final int LONGEST = Integer.MAX_VALUE;

    /** @param datetime the subcode of a date or time, else 0 */
    private record Type(
            String name, int code, int precision, boolean quoted, boolean text, boolean number, int datetime) {}

    private static final List<Type> TYPES = List.of(
            number("INTEGER", 4, 10),
            number("BIGINT", -5, 19),
            number("SMALLINT", 5, 5),
            number("REAL", 7, 7),
            number("DOUBLE", 8, 15),
            new Type("VARCHAR", 12, 65_535, true, true, false, 0),
            new Type("TEXT", -1, LONGEST, true, true, false, 0),
            new Type("BOOLEAN", -7, 1, false, false, false, 0),
            new Type("DATE", 91, 10, true, false, false, 1),
            new Type("TIME", 92, 8, true, false, false, 2),
            new Type("TIMESTAMP", 93, 26, true, false, false, 3),
            new Type("BLOB", -4, LONGEST, false, false, false, 0));

    private GuideTypes() {}

    private static Type number(String name, int code, int precision) {
        return new Type(name, code, precision, false, false, true, 0);
    }

    /** Those of a code; all for 0. */
    static MetadataRows of(int code) {
        MetadataRows rows = new MetadataRows(List.of(
                "type_name",
                "data_type",
                "precision",
                "literal_prefix",
                "literal_suffix",
                "create_params",
                "nullable",
                "case_sensitive",
                "searchable",
                "unsigned_attribute",
                "fixed_prec_scale",
                "auto_unique_value",
                "local_type_name",
                "minimum_scale",
                "maximum_scale",
                "sql_data_type",
                "sql_datetime_sub",
                "num_prec_radix"));
        TYPES.stream().filter(type -> code == 0 || type.code() == code).forEach(type -> add(rows, type));
        return rows;
    }

    private static void add(MetadataRows rows, Type type) {
        @Nullable String quote = type.quoted() ? "'" : null;
        rows.add(
                type.name(),
                type.code(),
                type.precision(),
                quote,
                quote,
                type.name().equals("VARCHAR") ? "length" : null,
                1,
                type.text(),
                type.name().equals("BLOB") ? 0 : FULL,
                false,
                false,
                false,
                type.name(),
                0,
                0,
                type.datetime() == 0 ? type.code() : DATETIME,
                type.datetime() == 0 ? null : type.datetime(),
                type.number() ? RADIX : null);
    }
}
