package io.skyport.sql.substrait;

import io.substrait.extension.DefaultExtensionCatalog;
import io.substrait.extension.SimpleExtension.ExtensionCollection;
import io.substrait.isthmus.ConverterProvider;
import io.substrait.isthmus.SubstraitRelNodeConverter;
import io.substrait.isthmus.SubstraitTypeSystem;
import io.substrait.isthmus.TypeConverter;
import io.substrait.isthmus.expression.ExpressionRexConverter;
import io.substrait.isthmus.expression.ScalarFunctionConverter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.tools.RelBuilder;

/**
 * What reading any plan takes: the specification's functions and their operators. Loading them takes a while; servers that
 * get no plan never do. Immutable.
 */
final class PlanConverters extends ConverterProvider {

    private final PlanFunctions functions;

    private PlanConverters(
            ExtensionCollection extensions, RelDataTypeFactory types, AggregateForms.Aggregates aggregates) {
        super(
                types,
                extensions,
                new ScalarFunctionConverter(extensions.scalarFunctions(), types),
                aggregates,
                new AggregateForms.Windows(extensions, types, aggregates),
                TypeConverter.DEFAULT);
        this.functions = new PlanFunctions(extensions);
    }

    static PlanConverters load() {
        ExtensionCollection extensions = DefaultExtensionCatalog.DEFAULT_COLLECTION;
        RelDataTypeFactory types = new UnicodeTypes();
        return new PlanConverters(extensions, types, new AggregateForms.Aggregates(extensions, types));
    }

    @Override
    public SubstraitRelNodeConverter getSubstraitRelNodeConverter(RelBuilder builder) {
        return new PlanRelations(builder, this);
    }

    @Override
    public ExpressionRexConverter getExpressionRexConverter(SubstraitRelNodeConverter relations) {
        PlanExpressions expressions = new PlanExpressions(this);
        expressions.setRelNodeConverter(relations);
        return expressions;
    }

    PlanFunctions functions() {
        return functions;
    }

    /** Calcite's default character set is Latin-1. */
    private static final class UnicodeTypes extends JavaTypeFactoryImpl {
        UnicodeTypes() {
            super(SubstraitTypeSystem.TYPE_SYSTEM);
        }

        @Override
        public Charset getDefaultCharset() {
            return StandardCharsets.UTF_8;
        }
    }
}
