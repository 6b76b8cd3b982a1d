package io.skyport.sql;

import io.substrait.isthmus.ConverterProvider;
import io.substrait.isthmus.SubstraitRelVisitor;
import io.substrait.isthmus.SubstraitTypeSystem;
import io.substrait.isthmus.calcite.SubstraitTable;
import io.substrait.isthmus.sql.SubstraitSqlValidator;
import io.substrait.plan.Plan;
import io.substrait.plan.PlanProtoConverter;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** Plans that Isthmus makes of SQL over tables that it is told. */
final class IsthmusPlans {

    private final CalciteSchema schema = CalciteSchema.createRootSchema(false, false);

    /** @param columns names to types: BIGINT, INTEGER, DECIMAL (of 15 digits, 2 after the point), DATE, VARCHAR, ... */
    void table(String name, Map<String, String> columns) {
        RelDataTypeFactory types = SubstraitTypeSystem.TYPE_FACTORY;
        RelDataTypeFactory.Builder row = types.builder();
        columns.forEach((column, type) -> {
            SqlTypeName sqlType = SqlTypeName.valueOf(type);
            row.add(
                            column,
                            sqlType == SqlTypeName.DECIMAL
                                    ? types.createSqlType(sqlType, 15, 2)
                                    : types.createSqlType(sqlType))
                    .nullable(true);
        });
        schema.add(name, new SubstraitTable(name, row.build()));
    }

    byte[] plan(String sql) {
        CalciteCatalogReader tables = new CalciteCatalogReader(
                schema,
                List.of(),
                SubstraitTypeSystem.TYPE_FACTORY,
                CalciteConnectionConfig.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false"));
        SqlParser.Config config =
                SqlParser.config().withUnquotedCasing(Casing.UNCHANGED).withConformance(SqlConformanceEnum.LENIENT);
        RelOptCluster cluster = RelOptCluster.create(
                new HepPlanner(HepProgram.builder().build()), new RexBuilder(tables.getTypeFactory()));
        SqlToRelConverter converter = new SqlToRelConverter(
                null,
                new SubstraitSqlValidator(tables),
                tables,
                cluster,
                StandardConvertletTable.INSTANCE,
                SqlToRelConverter.CONFIG);
        try {
            RelRoot relations =
                    converter.convertQuery(SqlParser.create(sql, config).parseQuery(), true, true);
            Plan.Root root = SubstraitRelVisitor.convert(relations, new ConverterProvider());
            return new PlanProtoConverter()
                    .toProto(Plan.builder().addRoots(root).build())
                    .toByteArray();
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(sql, e);
        }
    }
}
