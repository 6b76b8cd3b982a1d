package io.skyport.catalog;

import io.skyport.catalog.NestedType.ArrayType;
import io.skyport.catalog.NestedType.ListType;
import io.skyport.catalog.NestedType.MapType;
import io.skyport.catalog.NestedType.StructType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which columns take values of which types. Numbers take numbers, moments take moments and all but nested and binary values can be
 * written as texts and read from them; whether a value is in the range of its column is found out when it comes.
 */
public final class Assignments {

    private static final Set<ScalarType> MOMENTS = Set.of(
            ScalarType.DATE,
            ScalarType.TIMESTAMP,
            ScalarType.TIMESTAMP_S,
            ScalarType.TIMESTAMP_MS,
            ScalarType.TIMESTAMP_NS,
            ScalarType.TIMESTAMP_WITH_TIME_ZONE);

    private static final Set<ScalarType> TIMES =
            Set.of(ScalarType.TIME, ScalarType.TIME_NS, ScalarType.TIME_WITH_TIME_ZONE);

    private Assignments() {}

    /** Whether a column of type {@code to} takes values of type {@code from}. */
    public static boolean possible(SqlType from, SqlType to) {
        if (from.name().equals(to.name()) || isNull(from)) {
            return true;
        }
        if (from instanceof UnionType || to instanceof UnionType) {
            return from instanceof UnionType one
                    && to instanceof UnionType other
                    && members(one.members(), other.members());
        }
        if (from instanceof NestedType || to instanceof NestedType) {
            return nested(from, to);
        }
        return scalar(from, to);
    }

    private static boolean isNull(SqlType type) {
        return type instanceof SimpleType simple && simple.row() == ScalarType.NULL;
    }

    private static boolean nested(SqlType from, SqlType to) {
        if (from instanceof StructType one && to instanceof StructType other) {
            return members(one.members(), other.members());
        }
        if (from instanceof MapType one && to instanceof MapType other) {
            return possible(one.key(), other.key()) && possible(one.value(), other.value());
        }
        boolean lists = from instanceof ListType || from instanceof ArrayType;
        boolean sameLength =
                !(from instanceof ArrayType one && to instanceof ArrayType other) || one.length() == other.length();
        return lists
                && sameLength
                && (to instanceof ListType || to instanceof ArrayType)
                && possible(from.children().get(0), to.children().get(0));
    }

    /** By name; those that are not given are NULL. */
    private static boolean members(List<Member> from, List<Member> to) {
        for (Member member : from) {
            Optional<Member> same = to.stream()
                    .filter(other -> NameCase.same(other.name(), member.name()))
                    .findFirst();
            if (same.isEmpty() || !possible(member.type(), same.get().type())) {
                return false;
            }
        }
        return true;
    }

    private static boolean scalar(SqlType from, SqlType to) {
        TypeClass given = typeClass(from);
        TypeClass wanted = typeClass(to);
        if (given == TypeClass.BINARY || wanted == TypeClass.BINARY) {
            return given == wanted;
        }
        if (given == TypeClass.TEXT || wanted == TypeClass.TEXT) {
            return true;
        }
        if (wanted.numeric()) {
            return given.numeric() || given == TypeClass.BOOLEAN;
        }
        return given == TypeClass.INTERVAL && wanted == TypeClass.INTERVAL
                || both(MOMENTS, from, to)
                || both(TIMES, from, to);
    }

    private static boolean both(Set<ScalarType> types, SqlType from, SqlType to) {
        return from instanceof SimpleType one
                && to instanceof SimpleType other
                && types.contains(one.row())
                && types.contains(other.row());
    }

    /** Types of users' and of extensions are written as texts. */
    private static TypeClass typeClass(SqlType type) {
        if (type instanceof DecimalType) {
            return TypeClass.DECIMAL;
        }
        return type instanceof SimpleType simple ? simple.row().typeClass() : TypeClass.AS_TEXT;
    }
}
