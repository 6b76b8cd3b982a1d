package io.skyport.sql;

import com.google.protobuf.TextFormat;
import io.substrait.proto.Plan;

/** Plans written by hand, in protobuf's text form. */
public final class TextPlans {

    private TextPlans() {}

    /** A whole plan, or one of the relation {@code text} with the columns {@code names}, and of the functions that the tests call. */
    public static byte[] plan(String text, String... names) {
        Plan.Builder plan = Plan.newBuilder();
        try {
            TextFormat.merge(text.contains("relations {") ? text : whole(text, names), plan);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException(text, e);
        }
        return plan.build().toByteArray();
    }

    private static String whole(String relation, String... names) {
        StringBuilder root = new StringBuilder();
        for (String name : names) {
            root.append(" names: '").append(name).append('\'');
        }
        return FUNCTIONS + "relations { root { input { " + relation + " }" + root + " } }";
    }

    private static final String FUNCTIONS = function(1, "equal")
            + function(2, "gt:any_any")
            + function(3, "sum")
            + function(4, "count")
            + function(5, "add:i32_i32")
            + function(6, "like")
            + function(7, "no_such_function:i32")
            + function(8, "string_agg")
            + function(9, "row_number");

    private static String function(int anchor, String name) {
        return "extensions { extension_function { function_anchor: " + anchor + " name: '" + name + "' } }\n";
    }

    /** A read of the table {@code t (i INTEGER, s VARCHAR)}; {@code more} are further fields of the message. */
    public static String scan(String table, String more) {
        return "read { base_schema { names: 'i' names: 's' struct { types { i32 { nullability: NULLABILITY_NULLABLE } }"
                + " types { string { nullability: NULLABILITY_NULLABLE } } nullability: NULLABILITY_REQUIRED } }"
                + " named_table { names: '" + table + "' } " + more + " }";
    }

    /** A reference to a field. */
    public static String field(int index) {
        return "selection { direct_reference { struct_field { field: " + index + " } } root_reference {} }";
    }

    public static String number(int value) {
        return "literal { i32: " + value + " }";
    }

    public static String text(String value) {
        return "literal { string: '" + value + "' }";
    }

    /** A call without a type, as of producers that leave it to the consumer. */
    public static String call(int function, String... arguments) {
        StringBuilder call = new StringBuilder("scalar_function { function_reference: ").append(function);
        for (String argument : arguments) {
            call.append(" arguments { value { ").append(argument).append(" } }");
        }
        return call.append(" }").toString();
    }

    /** Which fields a relation emits. */
    public static String emit(int... fields) {
        StringBuilder emit = new StringBuilder("common { emit {");
        for (int field : fields) {
            emit.append(" output_mapping: ").append(field);
        }
        return emit.append(" } }").toString();
    }
}
