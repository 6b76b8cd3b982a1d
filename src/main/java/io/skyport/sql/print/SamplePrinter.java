package io.skyport.sql.print;

import io.skyport.error.ErrorCode;
import io.skyport.sql.query.Sample;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** Writes the size of a sample. */
final class SamplePrinter {

    /** They go through all rows: how many they take cannot be said beforehand. */
    private static final Set<String> OF_PERCENT = Set.of("BERNOULLI", "SYSTEM");

    private static final String RESERVOIR = "RESERVOIR";

    private final Printer printer;

    SamplePrinter(Printer printer) {
        this.printer = printer;
    }

    void print(Sample sample) {
        String method = method(sample.method());
        boolean percent = sample.unit() == Sample.Unit.PERCENT
                || (sample.unit() == Sample.Unit.OF_METHOD && OF_PERCENT.contains(method));
        EngineWriter writer = printer.writer().at(sample.getParserPosition()).sql(method.isEmpty() ? "" : method + "(");
        printer.expression(sample.size());
        writer.sql(percent ? " PERCENT" : " ROWS").sql(method.isEmpty() ? "" : ")");
        if (sample.seed() == null) {
            printer.foundVolatile();
        } else if (method.isEmpty()) {
            throw Printer.error(ErrorCode.SYNTAX_ERROR, "REPEATABLE needs a method of sampling", sample);
        } else {
            writer.sql(" REPEATABLE (");
            printer.expression(sample.seed());
            writer.sql(")");
        }
    }

    private static String method(@Nullable SqlIdentifier method) {
        if (method == null) {
            return "";
        }
        String name = method.getSimple().toUpperCase(Locale.ROOT);
        if (!OF_PERCENT.contains(name) && !name.equals(RESERVOIR)) {
            throw Printer.error(
                    ErrorCode.SYNTAX_ERROR,
                    "\"" + method.getSimple()
                            + "\" is no method of sampling: there are bernoulli, system and reservoir",
                    method);
        }
        return name;
    }
}
