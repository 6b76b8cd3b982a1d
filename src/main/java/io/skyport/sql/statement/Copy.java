package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.print.Printer;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** COPY: the rows of a table or query into files, or those of files into a table. */
public final class Copy extends Statement {

    private static final String WILDCARDS = "*?[{";

    private final Parts parts;

    public Copy(SqlParserPos pos, Parts parts) {
        super(pos, "COPY");
        this.parts = parts;
    }

    /** Where the rows are or go to. */
    public enum Place {
        FILE,
        CLIENT,
        PROGRAM
    }

    /** What the grammar finds, one after the other. */
    public static final class Parts {
        private final CopyOptions options = new CopyOptions();
        private @Nullable SqlIdentifier table;
        private @Nullable SqlNodeList columns;
        private @Nullable SqlNode query;
        private @Nullable SqlNode file;
        private Place place = Place.FILE;
        private boolean reading;

        public CopyOptions options() {
            return options;
        }

        public void table(SqlIdentifier name) {
            this.table = name;
        }

        public void columns(SqlNodeList names) {
            this.columns = names;
        }

        public void query(SqlNode select) {
            this.query = select;
        }

        /** COPY ... FROM. */
        public void reading() {
            this.reading = true;
        }

        public void file(SqlNode name, Place where) {
            this.file = name;
            this.place = where;
        }
    }

    @Override
    public Draft compile(Compilation compilation) {
        Printer printer = compilation.printer();
        printer.sql("COPY ");
        WrittenTable written = null;
        if (parts.query != null) {
            printer.sql("(").query(parts.query).sql(")");
        } else {
            written = table(Objects.requireNonNull(parts.table), compilation);
        }
        String location = location();
        CopyFormat format = parts.options.format(location);
        String options = parts.options.print(format, parts.reading, compilation);
        SqlNode file = Objects.requireNonNull(parts.file);
        printer.sql(parts.reading ? " FROM " : " TO ")
                .literal(compilation.names().copied(location, file))
                .sql(options);
        Draft draft = Draft.dml(printer, parts.query);
        return written == null ? draft : KeyChecks.inserting(draft, written, compilation);
    }

    /** The table that is written, if it is. */
    private @Nullable WrittenTable table(SqlIdentifier name, Compilation compilation) {
        Printer printer = compilation.printer();
        if (parts.reading) {
            WrittenTable table = new Target(name, null).find(compilation, "copy into");
            printer.name(table.name(), name);
            if (parts.columns != null) {
                table.requireColumns(parts.columns);
                printer.sql(" ").names(parts.columns);
            }
            return table;
        }
        ObjectName table = compilation.names().table(name);
        printer.reads(table);
        printer.sql("(SELECT ");
        if (parts.columns == null) {
            printer.sql("*");
        } else {
            String separator = "";
            for (SqlNode column : parts.columns) {
                printer.sql(separator).expression(column);
                separator = ", ";
            }
        }
        printer.sql(" FROM ").name(table, name).sql(")");
        return null;
    }

    private String location() {
        SqlNode file = Objects.requireNonNull(parts.file);
        if (parts.place == Place.CLIENT) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    parts.reading
                            ? "COPY FROM STDIN is not supported: bind rows as Arrow to INSERT ... VALUES (?, ...)"
                            : "COPY TO STDOUT is not supported: run the query and read its Arrow stream",
                    file);
        }
        if (parts.place == Place.PROGRAM) {
            throw Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "COPY ... PROGRAM is not supported", file);
        }
        String location = Optional.of(file)
                .filter(SqlCharStringLiteral.class::isInstance)
                .map(literal -> ((SqlCharStringLiteral) literal).getValueAs(String.class))
                .orElseThrow(() ->
                        Compilation.error(ErrorCode.FEATURE_NOT_SUPPORTED, "the file of COPY must be a literal", file));
        if (!parts.reading) {
            requireNoWildcards(location, file);
        }
        return location;
    }

    static void requireNoWildcards(String location, SqlNode source) {
        if (location.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0)) {
            throw Compilation.error(
                    ErrorCode.INVALID_PARAMETER_VALUE, "the name of a file to write has no wildcards", source);
        }
    }

    static String quoted(SqlNode column) {
        return EngineNames.quoted(((SqlIdentifier) column).getSimple());
    }
}
