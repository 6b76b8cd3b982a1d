package io.skyport.sql.substrait;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.extension.ExtensionLookup;
import io.substrait.extension.SimpleExtension;
import io.substrait.extension.SimpleExtension.AggregateFunctionVariant;
import io.substrait.extension.SimpleExtension.ExtensionCollection;
import io.substrait.extension.SimpleExtension.ScalarFunctionVariant;
import io.substrait.extension.SimpleExtension.WindowFunctionVariant;
import io.substrait.proto.AggregateFunction;
import io.substrait.proto.ConsistentPartitionWindowRel;
import io.substrait.proto.DynamicParameter;
import io.substrait.proto.DynamicParameterBinding;
import io.substrait.proto.Expression;
import io.substrait.proto.FunctionArgument;
import io.substrait.proto.FunctionOption;
import io.substrait.proto.Plan;
import io.substrait.proto.RelRoot;
import io.substrait.proto.SimpleExtensionDeclaration;
import io.substrait.proto.SimpleExtensionURN;
import io.substrait.proto.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Spells a plan as Isthmus reads it, whatever the producer's version: calls refer to the function that fits them, which
 * one declaration without a signature cannot say for all; parameters become calls of a function that is none. Of one plan;
 * looks its functions up.
 */
final class PlanSpelling implements ExtensionLookup {

    /** The option that tells that the type of a call's value is not known. */
    static final String UNTYPED = "skyport:untyped";

    private static final Type ANY_TYPE = Type.newBuilder()
            .setI64(Type.I64.newBuilder().setNullability(Type.Nullability.NULLABILITY_NULLABLE))
            .build();

    private static final int URIS_OF_PLAN = 1;
    private static final int ANCHOR_OF_URI = 1;
    private static final int TEXT_OF_URI = 2;
    private static final int URI_OF_FUNCTION = 1;

    private final PlanFunctions functions;
    private final Map<Integer, DeclaredFunction> declared = new HashMap<>();
    private final Map<Integer, Expression.Literal> bindings = new HashMap<>();
    private final List<SimpleExtension.Function> used = new ArrayList<>();
    private final Map<Object, Integer> anchors = new HashMap<>();

    PlanSpelling(Plan plan, PlanFunctions functions) {
        this.functions = functions;
        Map<Integer, String> urns = new HashMap<>();
        for (SimpleExtensionURN urn : plan.getExtensionUrnsList()) {
            urns.put(urn.getExtensionUrnAnchor(), urn.getUrn());
        }
        Map<Integer, String> uris = uris(plan);
        for (SimpleExtensionDeclaration declaration : plan.getExtensionsList()) {
            if (declaration.hasExtensionFunction()) {
                declare(declaration.getExtensionFunction(), urns, uris);
            }
        }
        for (DynamicParameterBinding binding : plan.getParameterBindingsList()) {
            bindings.put(binding.getParameterAnchor(), binding.getValue());
        }
    }

    private void declare(
            SimpleExtensionDeclaration.ExtensionFunction function,
            Map<Integer, String> urns,
            Map<Integer, String> uris) {
        String urn = urns.get(function.getExtensionUrnReference());
        String uri = uris.getOrDefault(number(function.getUnknownFields(), URI_OF_FUNCTION), "");
        declared.put(function.getFunctionAnchor(), new DeclaredFunction(function.getName(), urn == null ? uri : urn));
    }

    /** What was {@code extension_uris} before there were URNs. */
    private static Map<Integer, String> uris(Plan plan) {
        Map<Integer, String> uris = new HashMap<>();
        for (ByteString bytes : plan.getUnknownFields().getField(URIS_OF_PLAN).getLengthDelimitedList()) {
            try {
                UnknownFieldSet uri = UnknownFieldSet.parseFrom(bytes);
                List<ByteString> text = uri.getField(TEXT_OF_URI).getLengthDelimitedList();
                uris.put(
                        number(uri, ANCHOR_OF_URI),
                        text.isEmpty() ? "" : text.get(0).toStringUtf8());
            } catch (InvalidProtocolBufferException e) {
                throw new SkyportException(ErrorCode.PROTOCOL_VIOLATION, "The plan's extension_uris are malformed", e);
            }
        }
        return uris;
    }

    private static int number(UnknownFieldSet fields, int field) {
        List<Long> values = fields.getField(field).getVarintList();
        return values.isEmpty() ? 0 : values.get(0).intValue();
    }

    /** The tree of relations, respelled. */
    RelRoot respelled(RelRoot root) {
        return (RelRoot) message(root);
    }

    private Message message(Message message) {
        Message.Builder builder = null;
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            FieldDescriptor descriptor = field.getKey();
            if (descriptor.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            Object before = field.getValue();
            Object after = descriptor.isRepeated() ? messages((List<?>) before) : message((Message) before);
            if (after != before) {
                builder = builder == null ? message.toBuilder() : builder;
                builder.setField(descriptor, after);
            }
        }
        return spelled(builder == null ? message : builder.build());
    }

    private List<?> messages(List<?> messages) {
        List<Message> respelled = new ArrayList<>(messages.size());
        boolean changed = false;
        for (Object each : messages) {
            Message after = message((Message) each);
            changed |= after != each;
            respelled.add(after);
        }
        return changed ? respelled : messages;
    }

    private Message spelled(Message message) {
        if (message instanceof Expression expression && expression.hasDynamicParameter()) {
            return parameter(expression.getDynamicParameter());
        } else if (message instanceof Expression.ScalarFunction call) {
            return scalar(call);
        } else if (message instanceof AggregateFunction call) {
            return aggregate(call);
        } else if (message instanceof Expression.WindowFunction call) {
            return window(call);
        } else if (message instanceof ConsistentPartitionWindowRel.WindowRelFunction call) {
            PlanFunctions.Shape shape = shape(call.getArgumentsList());
            return call.toBuilder()
                    .setFunctionReference(use(functions.window(declared(call.getFunctionReference()), shape)))
                    .build();
        }
        return message;
    }

    private Message scalar(Expression.ScalarFunction call) {
        List<FunctionArgument> arguments = arguments(call.getArgumentsList(), call.getArgsList());
        ScalarFunctionVariant function = functions.scalar(declared(call.getFunctionReference()), shape(arguments));
        Expression.ScalarFunction.Builder respelled = call.toBuilder()
                .clearArgs()
                .clearArguments()
                .addAllArguments(arguments)
                .setFunctionReference(use(function));
        if (untyped(call.getOutputType())) {
            respelled
                    .setOutputType(ANY_TYPE)
                    .addOptions(FunctionOption.newBuilder().setName(UNTYPED));
        }
        return respelled.build();
    }

    private Message aggregate(AggregateFunction call) {
        List<FunctionArgument> arguments = arguments(call.getArgumentsList(), call.getArgsList());
        DeclaredFunction declared = declared(call.getFunctionReference());
        return call.toBuilder()
                .clearArgs()
                .clearArguments()
                .addAllArguments(arguments)
                .setFunctionReference(use(functions.aggregate(declared, shape(arguments))))
                .setOutputType(untyped(call.getOutputType()) ? ANY_TYPE : call.getOutputType())
                .build();
    }

    private Message window(Expression.WindowFunction call) {
        List<FunctionArgument> arguments = arguments(call.getArgumentsList(), call.getArgsList());
        DeclaredFunction declared = declared(call.getFunctionReference());
        return call.toBuilder()
                .clearArgs()
                .clearArguments()
                .addAllArguments(arguments)
                .setFunctionReference(use(functions.window(declared, shape(arguments))))
                .setOutputType(untyped(call.getOutputType()) ? ANY_TYPE : call.getOutputType())
                .build();
    }

    /** Some producers leave types to whoever reads their plans. */
    private static boolean untyped(Type type) {
        return type.getKindCase() == Type.KindCase.KIND_NOT_SET;
    }

    /** Old plans have plain expressions; words are in capitals. */
    private static List<FunctionArgument> arguments(List<FunctionArgument> arguments, List<Expression> old) {
        return !arguments.isEmpty() || old.isEmpty()
                ? arguments.stream()
                        .map(each -> each.hasEnum()
                                ? each.toBuilder()
                                        .setEnum(each.getEnum().toUpperCase(Locale.ROOT))
                                        .build()
                                : each)
                        .toList()
                : old.stream()
                        .map(each ->
                                FunctionArgument.newBuilder().setValue(each).build())
                        .toList();
    }

    private static PlanFunctions.Shape shape(List<FunctionArgument> arguments) {
        return new PlanFunctions.Shape(
                arguments.stream().map(FunctionArgument::hasEnum).toList());
    }

    private DeclaredFunction declared(int reference) {
        DeclaredFunction function = declared.get(reference);
        if (function == null) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION, "The plan calls function " + reference + ", which it does not declare");
        }
        return function;
    }

    private int use(SimpleExtension.Function function) {
        return anchors.computeIfAbsent(function, added -> {
            used.add(function);
            return used.size() - 1;
        });
    }

    private Expression parameter(DynamicParameter parameter) {
        Expression.Literal bound = bindings.get(parameter.getParameterReference());
        if (bound != null) {
            return Expression.newBuilder().setLiteral(bound).build();
        }
        Expression number = Expression.newBuilder()
                .setLiteral(Expression.Literal.newBuilder().setI32(parameter.getParameterReference()))
                .build();
        return Expression.newBuilder()
                .setScalarFunction(Expression.ScalarFunction.newBuilder()
                        .setFunctionReference(use(PlanParameter.FUNCTION))
                        .addArguments(FunctionArgument.newBuilder().setValue(number))
                        .setOutputType(parameter.getType()))
                .build();
    }

    @Override
    public ScalarFunctionVariant getScalarFunction(int reference, ExtensionCollection extensions) {
        return used(reference, ScalarFunctionVariant.class, "scalar");
    }

    @Override
    public WindowFunctionVariant getWindowFunction(int reference, ExtensionCollection extensions) {
        return used(reference, WindowFunctionVariant.class, "window");
    }

    @Override
    public AggregateFunctionVariant getAggregateFunction(int reference, ExtensionCollection extensions) {
        return used(reference, AggregateFunctionVariant.class, "aggregate");
    }

    /** A function of that kind: a plan may call one where another belongs, or none of its own. */
    private <F extends SimpleExtension.Function> F used(int reference, Class<F> kind, String word) {
        SimpleExtension.Function function = reference >= 0 && reference < used.size() ? used.get(reference) : null;
        if (!kind.isInstance(function)) {
            throw new SkyportException(
                    ErrorCode.DATA_EXCEPTION,
                    "The plan calls " + (function == null ? "function " + reference : function.name()) + " where "
                            + word + " functions belong");
        }
        return kind.cast(function);
    }

    @Override
    public SimpleExtension.Type getType(int reference, ExtensionCollection extensions) {
        throw new SkyportException(ErrorCode.FEATURE_NOT_SUPPORTED, "User-defined Substrait types are not supported");
    }
}
