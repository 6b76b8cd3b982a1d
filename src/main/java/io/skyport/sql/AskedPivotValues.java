package io.skyport.sql;

import io.skyport.engine.MetadataRow;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.sql.print.EngineText;
import io.skyport.sql.print.PivotValues;
import io.skyport.sql.print.Printer;
import io.skyport.sql.statement.Draft;
import io.skyport.sql.text.SqlText;
import io.skyport.sql.validate.Validation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;

/**
 * Asks the engine, while one statement is compiled, which values its PIVOT has. What is compiled has those columns, whatever
 * happens to the rows, and holds for one run only.
 */
final class AskedPivotValues implements PivotValues {

    private final EngineForms forms;
    private final String clientText;
    private final int most;
    private boolean asked;

    AskedPivotValues(EngineForms forms, String clientText, int most) {
        this.forms = forms;
        this.clientText = clientText;
        this.most = most;
    }

    @Override
    public List<String> of(Printer question, SqlNode source) {
        asked = true;
        question.sql(" LIMIT " + (most + 1));
        EngineText.Filled text = new Typing(forms)
                .typed(Draft.question(question), () -> Validation.UNKNOWN, clientText)
                .text();
        List<String> values = new ArrayList<>();
        try {
            MetadataRow.forEach(forms.connections(), text.sql(), row -> values.add(row.text(0)));
        } catch (SkyportException failure) {
            throw text.sourceMap().located(failure, text.sql(), clientText);
        }
        if (values.size() > most) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "PIVOT finds more than " + most + " values (skyport.sql.max-pivot-values)",
                    SqlText.position(source.getParserPosition()),
                    null);
        }
        return values;
    }

    /** Whether the statement depends on rows. */
    boolean asked() {
        return asked;
    }
}
