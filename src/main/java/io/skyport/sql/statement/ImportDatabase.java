package io.skyport.sql.statement;

import io.skyport.sql.Preparation;
import java.nio.file.Path;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** IMPORT DATABASE: what EXPORT DATABASE wrote, into the session's database. */
public final class ImportDatabase extends Statement {

    private final SqlNode directory;

    public ImportDatabase(SqlParserPos pos, SqlNode directory) {
        super(pos, "IMPORT DATABASE");
        this.directory = directory;
    }

    @Override
    public Draft compile(Compilation compilation) {
        return Draft.ddl(compilation.printer())
                .prepared(new Preparation.ImportDatabase(
                        Path.of(ExportDatabase.directory(directory, compilation.names()))));
    }
}
