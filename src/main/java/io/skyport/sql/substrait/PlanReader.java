package io.skyport.sql.substrait;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.proto.Plan;
import io.substrait.proto.PlanRel;
import io.substrait.proto.RelRoot;
import java.io.IOException;
import java.util.List;

/** Reads the bytes of plans, within limits. */
final class PlanReader {

    private PlanReader() {}

    /**
     * The plan of {@code bytes}.
     *
     * @param maxDepth messages within each other at most
     * @throws SkyportException 08P01 if they are no plan, 54001 if it is too deep
     */
    static Plan read(byte[] bytes, int maxDepth) {
        CodedInputStream input = CodedInputStream.newInstance(bytes);
        input.setRecursionLimit(maxDepth);
        try {
            Plan plan = Plan.parseFrom(input);
            input.checkLastTagWas(0);
            return plan;
        } catch (InvalidProtocolBufferException e) {
            throw tooDeep(e)
                    ? new SkyportException(
                            ErrorCode.STATEMENT_TOO_COMPLEX,
                            "the plan is nested deeper than " + maxDepth + " messages (skyport.sql.max-plan-depth)",
                            e)
                    : malformed(e);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static boolean tooDeep(InvalidProtocolBufferException failure) {
        return String.valueOf(failure.getMessage()).contains("too many levels of nesting");
    }

    private static SkyportException malformed(IOException failure) {
        return new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The bytes are no Substrait plan", failure);
    }

    /**
     * The one tree of relations that a plan is.
     *
     * @throws SkyportException 0A000 for plans of several
     */
    static RelRoot root(Plan plan) {
        List<PlanRel> relations = plan.getRelationsList();
        if (relations.isEmpty()) {
            throw new SkyportException(ErrorCode.DATA_EXCEPTION, "The plan has no relation");
        }
        if (relations.size() > 1) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Plans of several relations (ReferenceRel) are not supported: this one has " + relations.size());
        }
        PlanRel only = relations.get(0);
        return only.hasRoot()
                ? only.getRoot()
                : RelRoot.newBuilder().setInput(only.getRel()).build();
    }
}
