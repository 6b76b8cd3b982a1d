package io.skyport.sql.statement;

import io.skyport.catalog.ObjectName;
import io.skyport.catalog.Sequence;
import io.skyport.error.ErrorCode;
import io.skyport.sql.print.Printer;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE SEQUENCE. */
public final class CreateSequence extends Statement {

    private final boolean replace;
    private final boolean temporary;
    private final boolean ifNotExists;
    private final SqlIdentifier name;
    private final SequenceOptions options;

    public CreateSequence(
            SqlParserPos pos,
            boolean replace,
            boolean temporary,
            boolean ifNotExists,
            SqlIdentifier name,
            SequenceOptions options) {
        super(pos, "CREATE SEQUENCE");
        this.replace = replace;
        this.temporary = temporary;
        this.ifNotExists = ifNotExists;
        this.name = name;
        this.options = options;
    }

    @Override
    public Draft compile(Compilation compilation) {
        Creation.requireOneWay(replace, ifNotExists, this);
        ObjectName sequence = Creation.target(compilation, name, temporary);
        String written = options.engineText();
        Creation creation = new Creation(compilation, name, replace, ifNotExists);
        if (creation.object(existing(sequence, compilation), ErrorCode.DUPLICATE_TABLE, ObjectKind.SEQUENCE)) {
            return creation.nothing(sequence);
        }
        Printer printer = compilation.printer();
        printer.sql(Creation.words(replace, temporary, "SEQUENCE")).name(sequence, name);
        Draft draft = Draft.ddl(printer.sql(written));
        SqlIdentifier owner = options.owner();
        return owner == null ? draft : draft.before(AlterSequence.owned(sequence, name, owner, compilation));
    }

    private static Optional<ObjectName> existing(ObjectName sequence, Compilation compilation) {
        return compilation
                .names()
                .catalog()
                .sequence(sequence.database(), sequence.schema(), sequence.name())
                .map(Sequence::name);
    }
}
