package io.skyport.sql.statement;

import io.skyport.engine.DatabaseName;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.Preparation;
import io.skyport.sql.names.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE DATABASE: a file of its own. */
public final class CreateDatabase extends Statement {

    /** Texts compare by their bytes, whatever is written. */
    private static final Set<String> COLLATIONS = Set.of("default", "binary", "c", "posix", "ucs_basic");

    private final boolean replaced;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final List<Option> options;

    public CreateDatabase(
            SqlParserPos pos, boolean replaced, boolean ifNotExists, SqlIdentifier name, List<Option> options) {
        super(pos, "CREATE DATABASE");
        this.replaced = replaced;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.options = List.copyOf(options);
    }

    /** What stands behind WITH. */
    public record Option(SqlIdentifier name, String value) {}

    @Override
    public Draft compile(Compilation compilation) {
        if (replaced) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a database is neither temporary nor replaced", this);
        }
        options.forEach(CreateDatabase::require);
        Names names = compilation.names();
        String database = simple(name);
        Names.requireNotReserved(database, name);
        if (names.catalog().database(database).isPresent()) {
            if (ifNotExists) {
                return Creation.nothing(database, "main", compilation.printer());
            }
            throw Compilation.error(ErrorCode.DUPLICATE_DATABASE, "database \"" + database + "\" already exists", name);
        }
        requireName(database);
        return Draft.ddl(compilation.printer()).prepared(new Preparation.CreateDatabase(database));
    }

    static String simple(SqlIdentifier name) {
        if (!name.isSimple()) {
            throw Compilation.error(ErrorCode.SYNTAX_ERROR, "a database's name has one part", name);
        }
        return name.getSimple();
    }

    private void requireName(String database) {
        try {
            DatabaseName.require(database);
        } catch (SkyportException refused) {
            throw Compilation.error(refused.code(), refused.text(), name);
        }
    }

    private static void require(Option option) {
        String value = option.value().toLowerCase(Locale.ROOT);
        boolean taken = switch (option.name().getSimple().toUpperCase(Locale.ROOT)) {
            case "ENCODING" -> value.replace("-", "").equals("utf8") || value.equals("default");
            case "COLLATION" -> COLLATIONS.contains(value);
            // Nothing here depends on a locale, and all databases belong to the server's users.
            case "LOCALE", "OWNER" -> true;
            default ->
                throw Compilation.error(
                        ErrorCode.SYNTAX_ERROR,
                        "CREATE DATABASE takes ENCODING, LOCALE, COLLATION and OWNER",
                        option.name());
        };
        if (!taken) {
            throw Compilation.error(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    option.name().getSimple() + " " + option.value() + " is not supported",
                    option.name());
        }
    }
}
