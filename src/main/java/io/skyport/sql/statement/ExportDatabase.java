package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.Preparation;
import io.skyport.sql.names.Names;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** EXPORT DATABASE: all of a database into a directory, as statements and files of rows. */
public final class ExportDatabase extends Statement {

    /** How a file is written, and not how many there are. */
    private static final Set<String> OPTIONS =
            Set.of("compression", "compression_level", "row_group_size", "parquet_version");

    private final @Nullable SqlIdentifier database;
    private final SqlNode directory;
    private final CopyOptions options;

    /** @param database or null for that of the session */
    public ExportDatabase(SqlParserPos pos, @Nullable SqlIdentifier database, SqlNode directory, CopyOptions options) {
        super(pos, "EXPORT DATABASE");
        this.database = database;
        this.directory = directory;
        this.options = options;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Names names = compilation.names();
        String exported = database == null
                ? names.context().database()
                : names.database(CreateDatabase.simple(database), database);
        options.requireOnly(OPTIONS, command().name());
        CopyFormat format = options.format(CopyFormat.PARQUET);
        if (format != CopyFormat.PARQUET) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "EXPORT DATABASE writes Parquet files, which keep all values as they are",
                    this);
        }
        String written = options.print(format, false, compilation);
        String place = place(directory, names);
        return Draft.ddl(compilation.printer())
                .prepared(new Preparation.ExportDatabase(exported, Path.of(place), written));
    }

    private static String place(SqlNode directory, Names names) {
        String place = directory(directory, names);
        Path parent = Path.of(place).getParent();
        if (parent == null) {
            throw Compilation.error(ErrorCode.INVALID_PARAMETER_VALUE, "the directory has no name", directory);
        }
        // Where it is written first, beside it.
        String unused = names.file(parent.toString(), directory);
        return place;
    }

    /** The real path of a directory that a statement names. */
    static String directory(SqlNode directory, Names names) {
        String location = Objects.requireNonNull(((SqlLiteral) directory).getValueAs(String.class));
        Copy.requireNoWildcards(location, directory);
        try {
            return names.file(Path.of(location).normalize().toString(), directory);
        } catch (InvalidPathException e) {
            throw Compilation.error(ErrorCode.INVALID_PARAMETER_VALUE, "the directory is no path", directory);
        }
    }
}
