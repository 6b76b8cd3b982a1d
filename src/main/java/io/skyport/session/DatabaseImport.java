package io.skyport.session;

import io.skyport.engine.Engine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.sql.CompiledStatement;
import io.skyport.sql.Preparation;
import io.skyport.sql.SqlContext;
import io.skyport.sql.SqlScript;
import io.skyport.sql.StatementKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/** One IMPORT DATABASE: the statements of an export, run as those of the client. Used by one thread. */
final class DatabaseImport {

    /** The file of the statements that make what rows go into. */
    static final String SCHEMA = "schema.sql";

    /** The file of those that fill it. */
    static final String LOAD = "load.sql";

    private final Path directory;
    private final Steps steps;
    private final int maxBytes;

    /** @param maxBytes the longest of the two files that is read */
    DatabaseImport(Path directory, Steps steps, int maxBytes) {
        this.directory = directory;
        this.steps = steps;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns the rows read.
     *
     * @throws SkyportException 58P01 if the files are not there, 54000 if one is too long, 0A000 if one holds what no export
     *     has, or that of a statement that fails; its text names the file and the line
     */
    long run(Transaction scope) {
        SqlContext session = steps.context();
        SqlContext context = session.at(session.database(), Engine.DEFAULT_SCHEMA)
                .withSettings(Map.of(SqlContext.COPY_DIRECTORY, directory.toString()));
        return run(SCHEMA, context, scope) + run(LOAD, context, scope);
    }

    private long run(String file, SqlContext context, Transaction scope) {
        long rows = 0;
        for (SqlScript.Statement statement : SqlScript.statements(read(directory.resolve(file)))) {
            rows += run(file, statement, context, scope);
        }
        return rows;
    }

    private long run(String file, SqlScript.Statement statement, SqlContext context, Transaction scope) {
        try {
            CompiledStatement compiled = steps.compile(statement.text(), context, scope);
            requirePart(compiled);
            return steps.run(compiled, scope);
        } catch (SkyportException e) {
            SqlPosition position = e.position().map(statement::inScript).orElseGet(statement::start);
            throw new SkyportException(
                    e.code(),
                    directory.resolve(file) + ", line " + position.line() + ", column " + position.column() + ": "
                            + e.text(),
                    e);
        }
    }

    /** What is not undone with the transaction, or says nothing to anybody, is in no export. */
    private static void requirePart(CompiledStatement statement) {
        Preparation preparation = statement.preparation();
        boolean outside = preparation instanceof Preparation.CreateDatabase
                || preparation instanceof Preparation.DropDatabase
                || preparation instanceof Preparation.ExportDatabase
                || preparation instanceof Preparation.ImportDatabase;
        boolean writes = statement.kind() == StatementKind.DML || statement.kind() == StatementKind.DDL;
        if (outside
                || !writes
                || statement.returnsRows()
                || !statement.parameters().isEmpty()) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    statement.command().name() + " is no statement of an export, and was not run");
        }
    }

    private String read(Path file) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new SkyportException(
                        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                        file + " is longer than " + maxBytes + " bytes (skyport.sql.max-statement-length)");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new SkyportException(ErrorCode.UNDEFINED_FILE, file + " does not exist: it is no export", e);
        } catch (CharacterCodingException e) {
            throw new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
