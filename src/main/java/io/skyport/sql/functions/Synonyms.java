package io.skyport.sql.functions;

import static io.skyport.sql.functions.Synonym.ANY;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Functions that users of other servers write and the engine has under another name, or as an expression. A function that
 * users made, or that the engine takes with as many arguments, is never among them.
 */
public final class Synonyms {

    private static final String JSON_TYPE = "CASE json_type($1) WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' "
            + "WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'NULL' THEN 'null' "
            + "WHEN 'UBIGINT' THEN 'number' WHEN 'BIGINT' THEN 'number' WHEN 'DOUBLE' THEN 'number' "
            + "WHEN 'HUGEINT' THEN 'number' WHEN 'UHUGEINT' THEN 'number' END";

    private static final List<Synonym> ALL = List.of(
            synonym("arrow_typeof", 1, "typeof"),
            synonym("make_array", ANY, "list_value"),
            synonym("nvl", ANY, "coalesce"),
            synonym("nvl2", 3, "CASE WHEN ($1) IS NOT NULL THEN $2 ELSE $3 END"),
            synonym("approx_distinct", ANY, "approx_count_distinct"),
            synonym("approx_median", 1, "approx_quantile($1, 0.5)"),
            synonym("approx_percentile_cont", 2, "approx_quantile"),
            synonym("var", ANY, "var_samp"),
            synonym("date_bin", ANY, "time_bucket"),
            synonym("isnull", 1, "(($1) IS NULL)"),
            synonym("isnull", 2, "coalesce"),
            synonym("signum", ANY, "sign"),
            synonym("regexp_like", ANY, "regexp_matches"),
            synonym("btrim", ANY, "trim"),
            synonym("every", ANY, "bool_and"),
            synonym(
                    "initcap",
                    1,
                    "array_to_string(list_transform(regexp_extract_all($1, '[A-Za-z0-9]+|[^A-Za-z0-9]+'), lambda w: upper(w[1]) || lower(w[2:])), '')"),
            synonym("lpad", 2, "lpad($1, $2, ' ')"),
            synonym("rpad", 2, "rpad($1, $2, ' ')"),
            synonym("div", 2, "trunc(($1) // ($2))"),
            synonym("quote_literal", 1, "'''' || replace($1, '''', '''''') || ''''"),
            synonym("clock_timestamp", 0, "now()"),
            synonym("statement_timestamp", 0, "now()"),
            synonym("json_agg", ANY, "json_group_array"),
            synonym("jsonb_agg", ANY, "json_group_array"),
            synonym("json_object_agg", ANY, "json_group_object"),
            synonym("jsonb_object_agg", ANY, "json_group_object"),
            synonym("json_build_object", ANY, "json_object"),
            synonym("jsonb_build_object", ANY, "json_object"),
            synonym("json_build_array", ANY, "json_array"),
            synonym("jsonb_build_array", ANY, "json_array"),
            synonym("to_jsonb", ANY, "to_json"),
            synonym("jsonb_array_length", ANY, "json_array_length"),
            synonym("array_upper", 2, "len($1)"),
            synonym("curdate", 0, "(current_date)"),
            synonym("curtime", 0, "(localtime)"),
            synonym("sysdate", 0, "(localtimestamp)"),
            synonym("utc_timestamp", 0, "(localtimestamp)"),
            synonym("locate", 2, "strpos($2, $1)"),
            synonym("mid", ANY, "substring"),
            synonym("truncate", 2, "trunc"),
            synonym("rand", 0, "random"),
            synonym("space", 1, "repeat(' ', $1)"),
            synonym("std", ANY, "stddev_pop"),
            synonym("field", ANY, "coalesce(list_position(list_value($2...), $1), 0)"),
            synonym("elt", ANY, "list_extract(list_value($2...), $1)"),
            synonym("strcmp", 2, "CASE WHEN ($1) = ($2) THEN 0 WHEN ($1) < ($2) THEN -1 WHEN ($1) > ($2) THEN 1 END"),
            synonym("adddate", 2, "(($1) + ($2))"),
            synonym("subdate", 2, "(($1) - ($2))"),
            synonym("date_sub", 2, "(($1) - ($2))"),
            synonym("datediff", 2, "date_diff('day', CAST($2 AS DATE), CAST($1 AS DATE))"),
            synonym("from_unixtime", 1, "CAST(to_timestamp($1) AS TIMESTAMP)"),
            synonym("unix_timestamp", 0, "CAST(epoch(now()) AS BIGINT)"),
            synonym("unix_timestamp", 1, "CAST(epoch(CAST($1 AS TIMESTAMP)) AS BIGINT)"),
            synonym("json_unquote", 1, "(($1) ->> '$')"),
            synonym("json_length", ANY, "json_array_length"),
            synonym("json_arrayagg", ANY, "json_group_array"),
            synonym("json_objectagg", ANY, "json_group_object"),
            synonym("approx_percentile", 2, "approx_quantile"),
            synonym("arbitrary", ANY, "any_value"),
            synonym("json_extract_scalar", ANY, "json_extract_string"),
            synonym("array_join", ANY, "array_to_string"),
            synonym("is_nan", 1, "isnan"),
            synonym("is_finite", 1, "isfinite"),
            synonym("iff", 3, "CASE WHEN $1 THEN $2 ELSE $3 END"),
            synonym("zeroifnull", 1, "coalesce($1, 0)"),
            synonym("nullifzero", 1, "nullif($1, 0)"),
            synonym("charindex", 2, "strpos($2, $1)"),
            synonym("dateadd", 2, "(($1) + ($2))"),
            synonym("json_extract_text", 2, "json_extract_string"),
            synonym("json_merge", ANY, "json_merge_patch"),
            synonym("jsonb_set", 3, "json_set"),
            synonym("json_typeof", 1, JSON_TYPE),
            synonym("jsonb_typeof", 1, JSON_TYPE),
            synonym("getdate", 0, "(localtimestamp)"));

    private static final Map<String, List<Synonym>> BY_NAME =
            ALL.stream().collect(Collectors.groupingBy(Synonym::name));

    private Synonyms() {}

    private static Synonym synonym(String name, int arguments, String form) {
        return new Synonym(name, arguments, form);
    }

    /** What the engine has for a call of {@code name}, in any case, with so many arguments. */
    public static Optional<Synonym> find(String name, int arguments) {
        return BY_NAME.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                .filter(synonym -> synonym.takes(arguments))
                .findFirst();
    }

    /** All of them. */
    public static List<Synonym> all() {
        return ALL;
    }
}
