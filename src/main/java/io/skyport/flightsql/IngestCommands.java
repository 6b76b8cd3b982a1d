package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Ingest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.jspecify.annotations.Nullable;

/** Reads CommandStatementIngest (conformance text, section 10). */
final class IngestCommands {

    private IngestCommands() {}

    /**
     * What a command asks for.
     *
     * @throws SkyportException 22023 if it does not say what to do with a table that exists, or does not, or has options, of which
     *     there are none
     */
    static Ingest of(CommandStatementIngest command) {
        if (!command.getOptionsMap().isEmpty()) {
            String option = command.getOptionsMap().keySet().iterator().next();
            throw invalid("There is no option \"" + option + "\" for ingest");
        }
        TableDefinitionOptions options = command.getTableDefinitionOptions();
        return new Ingest(
                given(command.hasCatalog(), command.getCatalog()),
                given(command.hasSchema(), command.getSchema()),
                command.getTable(),
                command.getTemporary(),
                ifNotExists(options.getIfNotExist()),
                ifExists(options.getIfExists()));
    }

    /** Some clients send what they do not mean as an empty text. */
    private static @Nullable String given(boolean present, String name) {
        return present && !name.isEmpty() ? name : null;
    }

    private static Ingest.IfNotExists ifNotExists(TableNotExistOption option) {
        return switch (option) {
            case TABLE_NOT_EXIST_OPTION_CREATE -> Ingest.IfNotExists.CREATE;
            case TABLE_NOT_EXIST_OPTION_FAIL -> Ingest.IfNotExists.FAIL;
            case TABLE_NOT_EXIST_OPTION_UNSPECIFIED, UNRECOGNIZED ->
                throw invalid("Ingest does not say what to do if there is no table (if_not_exist)");
        };
    }

    private static Ingest.IfExists ifExists(TableExistsOption option) {
        return switch (option) {
            case TABLE_EXISTS_OPTION_FAIL -> Ingest.IfExists.FAIL;
            case TABLE_EXISTS_OPTION_APPEND -> Ingest.IfExists.APPEND;
            case TABLE_EXISTS_OPTION_REPLACE -> Ingest.IfExists.REPLACE;
            case TABLE_EXISTS_OPTION_UNSPECIFIED, UNRECOGNIZED ->
                throw invalid("Ingest does not say what to do if there is a table (if_exists)");
        };
    }

    private static SkyportException invalid(String text) {
        return new SkyportException(ErrorCode.INVALID_PARAMETER_VALUE, text);
    }
}
