package io.skyport.sql.statement;

import io.skyport.error.ErrorCode;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.statement.ColumnConstraint.IdentityOptions;
import io.skyport.sql.statement.ColumnConstraint.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** A column of CREATE TABLE: a name, and a type with constraints where no query gives it. */
public final class ColumnDefinition extends TableElement {

    /** PostgreSQL's types of columns that count: an integer type and an identity. */
    private static final Map<String, String> SERIAL = Map.of(
            "SMALLSERIAL", "SMALLINT",
            "SERIAL2", "SMALLINT",
            "SERIAL", "INTEGER",
            "SERIAL4", "INTEGER",
            "BIGSERIAL", "BIGINT",
            "SERIAL8", "BIGINT");

    private static final Set<String> COUNTING = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "INT",
            "INT1",
            "INT2",
            "INT4",
            "INT8",
            "LONG",
            "SHORT");

    /** Where a column's values can come from: from one place only. */
    private static final Set<Kind> SOURCES = EnumSet.of(Kind.DEFAULT, Kind.GENERATED, Kind.STORED, Kind.IDENTITY);

    private final SqlIdentifier name;
    private final @Nullable SqlDataTypeSpec type;
    private final List<ColumnConstraint> constraints;

    public ColumnDefinition(
            SqlParserPos pos, SqlIdentifier name, @Nullable SqlDataTypeSpec type, List<ColumnConstraint> constraints) {
        super(pos);
        this.name = name;
        this.type = type;
        this.constraints = List.copyOf(constraints);
    }

    public SqlIdentifier name() {
        return name;
    }

    public Optional<SqlDataTypeSpec> type() {
        return Optional.ofNullable(type);
    }

    public List<ColumnConstraint> constraints() {
        return constraints;
    }

    /** The type for the engine; none if it is computed. */
    Optional<String> engineType() {
        return engineType(EngineTypes::name);
    }

    /** @param naming the engine's name of a type */
    Optional<String> engineType(Function<SqlDataTypeSpec, String> naming) {
        return type().map(spec -> serial().orElseGet(() -> naming.apply(spec)));
    }

    /** The integer type of a SERIAL column. */
    private Optional<String> serial() {
        return type().map(spec -> spec.getTypeName().toString().toUpperCase(Locale.ROOT))
                .map(SERIAL::get);
    }

    /** How it counts, if it is an identity column. */
    Optional<IdentityOptions> identity() {
        return serial().map(type -> new IdentityOptions(false, List.of()))
                .or(() -> constraint(Kind.IDENTITY).map(ColumnConstraint::identity));
    }

    boolean isComputed() {
        return has(Kind.GENERATED) || has(Kind.STORED);
    }

    private Optional<ColumnConstraint> constraint(Kind kind) {
        return constraints.stream()
                .filter(constraint -> constraint.kind() == kind)
                .findFirst();
    }

    boolean has(Kind kind) {
        return constraint(kind).isPresent();
    }

    /** What the engine would take silently: constraints that contradict each other. */
    void check() {
        if (has(Kind.NULL) && (has(Kind.NOT_NULL) || identity().isPresent())) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR,
                    "conflicting NULL and NOT NULL for column \"" + name.getSimple() + "\"",
                    name);
        }
        List<ColumnConstraint> sources = constraints.stream()
                .filter(constraint -> SOURCES.contains(constraint.kind()))
                .toList();
        if (has(Kind.IDENTITY) && !engineType().map(COUNTING::contains).orElse(false)) {
            throw Compilation.error(ErrorCode.INVALID_PARAMETER_VALUE, "an identity column has an integer type", this);
        }
        int allowed = serial().isPresent() ? 0 : 1;
        if (sources.size() > allowed) {
            throw Compilation.error(
                    ErrorCode.SYNTAX_ERROR,
                    "column \"" + name.getSimple() + "\" has more than one of DEFAULT, GENERATED and IDENTITY",
                    sources.get(allowed).pos());
        }
    }
}
