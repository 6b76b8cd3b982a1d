package io.skyport.sql.substrait;

import io.substrait.extension.ImmutableSimpleExtension;
import io.substrait.extension.SimpleExtension.ScalarFunctionVariant;
import io.substrait.function.TypeExpressionCreator;

/** A parameter of a plan, as a call of a function that only {@link PlanExpressions} knows: Isthmus reads no parameters. */
final class PlanParameter {

    static final ScalarFunctionVariant FUNCTION = ImmutableSimpleExtension.ScalarFunctionVariant.builder()
            .urn("extension:io.skyport:parameters")
            .name("parameter")
            .addArgs(ImmutableSimpleExtension.ValueArgument.builder()
                    .name("reference")
                    .value(TypeExpressionCreator.REQUIRED.I32)
                    .build())
            .returnType(TypeExpressionCreator.NULLABLE.I32)
            .build();

    private PlanParameter() {}
}
