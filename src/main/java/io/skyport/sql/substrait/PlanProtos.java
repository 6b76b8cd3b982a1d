package io.skyport.sql.substrait;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.extension.ExtensionLookup;
import io.substrait.extension.ProtoExtensionConverter;
import io.substrait.extension.SimpleExtension.ExtensionCollection;
import io.substrait.proto.Expression;
import io.substrait.proto.FetchRel;
import io.substrait.proto.JoinRel;
import io.substrait.proto.ProjectRel;
import io.substrait.proto.Rel;
import io.substrait.relation.Fetch;
import io.substrait.relation.Join;
import io.substrait.relation.Project;
import io.substrait.relation.ProtoRelConverter;

/** Relations of a plan, where Isthmus' reading of their messages leaves something out. Of one plan. */
final class PlanProtos extends ProtoRelConverter {

    private final boolean onlyExpressions;

    /** @param producer of the plan, as its version tells */
    PlanProtos(ExtensionLookup lookup, ExtensionCollection extensions, String producer) {
        super(lookup, extensions, new ProtoExtensionConverter());
        this.onlyExpressions = producer.equals("DuckDB");
    }

    @Override
    public io.substrait.relation.Rel from(Rel rel) {
        switch (rel.getRelTypeCase()) {
            case READ, FILTER, FETCH, AGGREGATE, SORT, JOIN, PROJECT, SET, CROSS, WRITE, DDL, UPDATE -> {
                return super.from(rel);
            }
            case RELTYPE_NOT_SET ->
                throw new SkyportException(
                        ErrorCode.DATA_EXCEPTION,
                        "The plan has a relation of no kind, or of one that is not known here");
            default -> throw PlanRelations.unsupported(name(rel));
        }
    }

    /** As the specification calls it: HashJoinRel. */
    private static String name(Rel rel) {
        return rel.getAllFields().values().iterator().next() instanceof com.google.protobuf.Message message
                ? message.getDescriptorForType().getName()
                : rel.getRelTypeCase().name();
    }

    /** DuckDB's do not pass on what they read, which the specification says they do unless they emit something else. */
    @Override
    protected Project newProject(ProjectRel rel) {
        Project project = super.newProject(rel);
        if (!onlyExpressions || project.getRemap().isPresent()) {
            return project;
        }
        int passed = project.getInput().getRecordType().fields().size();
        return Project.builder()
                .from(project)
                .remap(io.substrait.relation.Rel.Remap.offset(
                        passed, project.getExpressions().size()))
                .build();
    }

    /** Counts may be expressions, and no count is no limit. */
    @Override
    protected Fetch newFetch(FetchRel rel) {
        FetchRel.Builder plain = rel.toBuilder();
        if (rel.hasOffsetExpr()) {
            plain.setOffset(number(rel.getOffsetExpr(), 0));
        }
        if (rel.hasCountExpr()) {
            plain.setCount(number(rel.getCountExpr(), -1));
        } else if (!rel.hasCount()) {
            plain.setCount(-1);
        }
        if (plain.getOffset() < 0 || plain.getCount() < -1) {
            throw new SkyportException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "The offset and the count of a FetchRel must not be negative");
        }
        return super.newFetch(plain.build());
    }

    private static long number(Expression expression, long ofNull) {
        Expression.Literal literal = expression.getLiteral();
        return switch (literal.getLiteralTypeCase()) {
            case I8 -> literal.getI8();
            case I16 -> literal.getI16();
            case I32 -> literal.getI32();
            case I64 -> literal.getI64();
            case NULL -> ofNull;
            default -> throw PlanRelations.unsupported("FetchRel with a count that is no integer literal");
        };
    }

    /** No condition is that all rows meet. */
    @Override
    protected Join newJoin(JoinRel rel) {
        if (rel.hasExpression()) {
            return super.newJoin(rel);
        }
        Expression.Literal all =
                Expression.Literal.newBuilder().setBoolean(true).build();
        return super.newJoin(rel.toBuilder()
                .setExpression(Expression.newBuilder().setLiteral(all))
                .build());
    }
}
