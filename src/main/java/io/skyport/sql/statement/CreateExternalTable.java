package io.skyport.sql.statement;

import io.skyport.catalog.ExternalMarker;
import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Table;
import io.skyport.error.ErrorCode;
import io.skyport.sql.Preparation;
import io.skyport.sql.dialect.EngineNames;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.dialect.FileFormat;
import io.skyport.sql.dialect.FileLocations;
import io.skyport.sql.print.Printer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** CREATE EXTERNAL TABLE: a table over files. */
public final class CreateExternalTable extends Statement {

    /** Stands where the path of the Parquet file goes that Arrow files are converted to. */
    private static final String ARROW_PLACEHOLDER = "skyport:arrow";

    private final boolean replace;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<SqlNode> columns;
    private final @Nullable SqlIdentifier format;
    private final @Nullable SqlNode location;
    private final @Nullable SqlNodeList options;
    private final @Nullable SqlNodeList partitions;

    public CreateExternalTable(
            SqlParserPos pos,
            boolean replace,
            boolean ifNotExists,
            SqlIdentifier name,
            List<SqlNode> columns,
            @Nullable SqlIdentifier format,
            @Nullable SqlNode location,
            @Nullable SqlNodeList options,
            @Nullable SqlNodeList partitions) {
        super(pos, "CREATE EXTERNAL TABLE");
        this.replace = replace;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.columns = List.copyOf(columns);
        this.format = format;
        this.location = location;
        this.options = options;
        this.partitions = partitions;
    }

    @Override
    public Draft compile(Compilation compilation) {
        ObjectName table = compilation.names().target(name);
        FileFormat stored = format();
        String written = location();
        Printer printer = compilation.printer();
        printer.writes(table);
        Optional<Table> existing = compilation.names().catalog().table(table.database(), table.schema(), table.name());
        boolean exists = existing.isPresent();
        if (exists && ifNotExists) {
            return compilation.nothing(table);
        }
        if (exists && !replace) {
            throw Compilation.error(ErrorCode.DUPLICATE_TABLE, "table \"" + table.name() + "\" already exists", name);
        }
        Map<String, String> readerOptions = readerOptions(stored);
        String files = compilation.names().file(written, Objects.requireNonNull(location));
        if (stored != FileFormat.ARROW) {
            files = compilation.names().file(FileLocations.pattern(files, stored), location);
        }
        printer.sql(replace ? "CREATE OR REPLACE VIEW " : "CREATE VIEW ")
                .name(table, name)
                .sql(" AS WITH ")
                .sql(ExternalMarker.expression(new Table.ExternalLocation(stored.name(), written)))
                .sql(" " + select(stored, reader(stored, files, readerOptions)));
        return Draft.ddl(printer).prepared(preparation(stored, files, Copies.of(existing.stream())));
    }

    private FileFormat format() {
        if (format == null) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "CREATE EXTERNAL TABLE needs STORED AS", this);
        }
        return FileFormat.named(format.getSimple())
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.SYNTAX_ERROR, "STORED AS takes PARQUET, CSV, JSON or ARROW", format));
    }

    private String location() {
        if (location == null) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "CREATE EXTERNAL TABLE needs LOCATION", this);
        }
        return Objects.requireNonNull(((SqlLiteral) location).getValueAs(String.class));
    }

    private static @Nullable Preparation preparation(FileFormat stored, String files, List<String> replaced) {
        return stored == FileFormat.ARROW
                ? new Preparation.ConvertArrow(files, ARROW_PLACEHOLDER, replaced)
                : Copies.deleted(replaced);
    }

    private Map<String, String> readerOptions(FileFormat stored) {
        Map<String, String> options = ExternalOptions.of(this.options, stored);
        if (partitions != null) {
            options.put("hive_partitioning", "true");
        }
        if (!columns.isEmpty() && stored != FileFormat.PARQUET && stored != FileFormat.ARROW) {
            options.put("columns", struct(false));
            if (partitions != null) {
                options.put("hive_types", struct(true));
            }
        }
        return options;
    }

    private static String reader(FileFormat stored, String files, Map<String, String> options) {
        String path = stored == FileFormat.ARROW ? ARROW_PLACEHOLDER : files;
        return stored.function() + "(" + EngineNames.literal(path)
                + options.entrySet().stream()
                        .map(option -> ", " + option.getKey() + " = " + option.getValue())
                        .collect(Collectors.joining())
                + ")";
    }

    /** Columns of the files, or those that the directories' names give, with their types. */
    private String struct(boolean partitioned) {
        return definitions()
                .filter(column -> isPartition(column) == partitioned)
                .map(column ->
                        EngineNames.literal(column.name().getSimple()) + ": " + EngineNames.literal(type(column)))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private boolean isPartition(ColumnDefinition column) {
        return partitions != null
                && partitions.stream()
                        .anyMatch(partition -> ((SqlIdentifier) partition)
                                .getSimple()
                                .equalsIgnoreCase(column.name().getSimple()));
    }

    /** Files that know their types are cast to the wanted ones; the readers of the others take them. */
    private String select(FileFormat stored, String reader) {
        if (columns.isEmpty()) {
            return "SELECT * FROM " + reader;
        }
        boolean typed = stored == FileFormat.PARQUET || stored == FileFormat.ARROW;
        return definitions()
                .map(typed ? CreateExternalTable::cast : CreateExternalTable::quoted)
                .collect(Collectors.joining(", ", "SELECT ", " FROM " + reader));
    }

    private static String quoted(ColumnDefinition column) {
        return EngineNames.quoted(column.name().getSimple());
    }

    private static String cast(ColumnDefinition column) {
        return "CAST(" + quoted(column) + " AS " + type(column) + ") AS " + quoted(column);
    }

    private Stream<ColumnDefinition> definitions() {
        return columns.stream().map(ColumnDefinition.class::cast);
    }

    private static String type(ColumnDefinition column) {
        if (!column.constraints().isEmpty()) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "columns of an external table have no constraints", column);
        }
        return EngineTypes.name(column.type()
                .orElseThrow(() -> Compilation.error(
                        ErrorCode.SYNTAX_ERROR, "column \"" + column.name().getSimple() + "\" has no type", column)));
    }
}
