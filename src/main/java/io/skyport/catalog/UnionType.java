package io.skyport.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A UNION: a value of one of its members' types. */
record UnionType(List<Member> members) implements TextLikeType {

    UnionType {
        members = List.copyOf(members);
    }

    @Override
    public String name() {
        return members.stream().map(Member::toString).collect(Collectors.joining(", ", "UNION(", ")"));
    }

    @Override
    public String baseName() {
        return "UNION";
    }

    @Override
    public List<SqlType> children() {
        return members.stream().map(Member::type).toList();
    }

    @Override
    public String toString() {
        return name();
    }
}
