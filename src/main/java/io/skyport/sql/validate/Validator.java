package io.skyport.sql.validate;

import com.google.common.base.Suppliers;
import io.skyport.catalog.CatalogSnapshot;
import io.skyport.catalog.SqlType;
import io.skyport.engine.Engine;
import io.skyport.sql.SqlContext;
import io.skyport.sql.dialect.EngineTypes;
import io.skyport.sql.functions.EngineFunctions;
import io.skyport.sql.names.Names;
import io.skyport.sql.text.SkyportConformance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.apache.calcite.sql.validate.SqlValidator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs Calcite's validator. Thread-safe. */
public final class Validator {

    private static final Logger LOG = LoggerFactory.getLogger(Validator.class);

    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(SkyportConformance.INSTANCE)
            .withIdentifierExpansion(false)
            .withTypeCoercionEnabled(true);

    private static final CalciteConnectionConfigImpl CASE_INSENSITIVE = caseInsensitive();

    private final EngineOperatorTable operators;
    private volatile @Nullable View view;

    public Validator(EngineFunctions functions) {
        this.operators = new EngineOperatorTable(functions);
    }

    /** The catalog of one version as Calcite sees it. */
    private record View(long version, CalciteSchema root) {}

    private static CalciteConnectionConfigImpl caseInsensitive() {
        Properties properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }

    /** Checks a statement when its validation is first asked for; null is unknown. Used by one thread. */
    public Supplier<Validation> later(@Nullable SqlNode statement, Names names) {
        return Suppliers.memoize(() -> statement == null ? Validation.UNKNOWN : validate(statement, names));
    }

    /** Checks a statement; its tree is changed by that and good for nothing else afterwards. */
    public Validation validate(SqlNode statement, Names names) {
        SqlValidator validator = validator(names.catalog(), names.context());
        Map<Integer, SqlType> types = casts(statement);
        try {
            SqlNode checked = validator.validate(statement);
            addInferred(types, validator, checked);
            return new Validation(types, null);
        } catch (CalciteContextException complaint) {
            addInferred(types, validator, statement);
            return new Validation(types, Complaints.of(complaint));
        } catch (RuntimeException | AssertionError lost) {
            // A form that only the engine knows: it checks the statement in any case.
            LOG.debug("not checked by Calcite's validator: {}", lost.toString());
            return new Validation(types, null);
        }
    }

    /** What CAST(? AS type) says: the engine's own types too, which the validator does not tell apart. */
    private static Map<Integer, SqlType> casts(SqlNode statement) {
        Map<Integer, SqlType> types = new HashMap<>();
        statement.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if ((call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST)
                        && call.operand(0) instanceof SqlDynamicParam parameter
                        && call.operand(1) instanceof SqlDataTypeSpec type) {
                    typeOf(type).ifPresent(known -> types.putIfAbsent(parameter.getIndex(), known));
                }
                return super.visit(call);
            }
        });
        return types;
    }

    /** Empty for a type that a user made: the engine tells what it is. */
    private static Optional<SqlType> typeOf(SqlDataTypeSpec type) {
        try {
            return Optional.of(SqlType.parse(EngineTypes.name(type)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private SqlValidator validator(CatalogSnapshot catalog, SqlContext context) {
        View current = view;
        if (current == null || current.version() != catalog.version()) {
            current = new View(catalog.version(), SnapshotSchemas.root(catalog));
            view = current;
        }
        List<List<String>> path = List.of(
                List.of(context.database(), context.schema()),
                List.of(context.database(), Engine.DEFAULT_SCHEMA),
                List.of(context.database()),
                List.of());
        return new LenientValidator(operators, new Reader(current.root(), path), RelTypes.FACTORY, CONFIG);
    }

    /** Looks names up where the session does. */
    private static final class Reader extends CalciteCatalogReader {
        Reader(CalciteSchema root, List<List<String>> path) {
            super(root, SqlNameMatchers.withCaseSensitive(false), path, RelTypes.FACTORY, CASE_INSENSITIVE);
        }
    }

    /** What was found out before a complaint counts too. */
    private static void addInferred(Map<Integer, SqlType> types, SqlValidator validator, SqlNode checked) {
        checked.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                RelDataType type = validator.getValidatedNodeTypeIfKnown(parameter);
                SqlType known = type == null ? null : RelTypes.engineType(type);
                if (known != null) {
                    types.putIfAbsent(parameter.getIndex(), known);
                }
                return null;
            }
        });
    }
}
