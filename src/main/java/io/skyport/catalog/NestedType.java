package io.skyport.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * A type made of others. It travels as itself with its parts in their wire types; names and nullability of the Arrow
 * children are the engine's.
 */
sealed interface NestedType extends SqlType {

    @Override
    default int xdbcType() {
        return 0;
    }

    @Override
    default int precision() {
        return 0;
    }

    @Override
    default int scale() {
        return 0;
    }

    @Override
    default int displaySize() {
        return 0;
    }

    @Override
    default boolean unsigned() {
        return false;
    }

    @Override
    default boolean caseSensitive() {
        return false;
    }

    @Override
    default Searchable searchable() {
        return TypeClass.NESTED.searchable();
    }

    /** A list of any length. */
    record ListType(SqlType element) implements NestedType {

        @Override
        public String name() {
            return element.name() + "[]";
        }

        @Override
        public String baseName() {
            return "LIST";
        }

        @Override
        public SqlType wireType() {
            return new ListType(element.wireType());
        }

        @Override
        public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
            return field(name, nullable, metadata, new ArrowType.List(), List.of(part("l", element, true)));
        }

        @Override
        public List<SqlType> children() {
            return List.of(element);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A list of fixed length. */
    record ArrayType(SqlType element, int length) implements NestedType {

        @Override
        public String name() {
            return element.name() + "[" + length + "]";
        }

        @Override
        public String baseName() {
            return "ARRAY";
        }

        @Override
        public SqlType wireType() {
            return new ArrayType(element.wireType(), length);
        }

        @Override
        public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
            ArrowType array = new ArrowType.FixedSizeList(length);
            return field(name, nullable, metadata, array, List.of(part("", element, true)));
        }

        @Override
        public List<SqlType> children() {
            return List.of(element);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    /** A struct. */
    record StructType(List<Member> members) implements NestedType {

        public StructType {
            members = List.copyOf(members);
        }

        @Override
        public String name() {
            return members.stream().map(Member::toString).collect(Collectors.joining(", ", "STRUCT(", ")"));
        }

        @Override
        public String baseName() {
            return "STRUCT";
        }

        /** Fields without names get f1, f2, ...: Arrow finds a struct's fields by name. */
        @Override
        public SqlType wireType() {
            return new StructType(IntStream.range(0, members.size())
                    .mapToObj(i -> wireMember(members.get(i), i + 1))
                    .toList());
        }

        @Override
        public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
            List<Field> parts = new ArrayList<>();
            for (int i = 0; i < members.size(); i++) {
                Member member = wireMember(members.get(i), i + 1);
                parts.add(part(member.name(), member.type(), true));
            }
            return field(name, nullable, metadata, new ArrowType.Struct(), parts);
        }

        @Override
        public List<SqlType> children() {
            return members.stream().map(Member::type).toList();
        }

        @Override
        public String toString() {
            return name();
        }

        private static Member wireMember(Member member, int ordinal) {
            String written = member.written().isEmpty() ? "f" + ordinal : member.written();
            return new Member(written, member.type().wireType());
        }
    }

    /** A map. */
    record MapType(SqlType key, SqlType value) implements NestedType {

        @Override
        public String name() {
            return "MAP(" + key.name() + ", " + value.name() + ")";
        }

        @Override
        public String baseName() {
            return "MAP";
        }

        @Override
        public SqlType wireType() {
            return new MapType(key.wireType(), value.wireType());
        }

        @Override
        public Field arrowField(String name, boolean nullable, Map<String, String> metadata) {
            List<Field> parts = List.of(part("key", key, false), part("value", value, true));
            Field entries = field("entries", false, Map.of(), new ArrowType.Struct(), parts);
            return field(name, nullable, metadata, new ArrowType.Map(false), List.of(entries));
        }

        @Override
        public List<SqlType> children() {
            return List.of(key, value);
        }

        @Override
        public String toString() {
            return name();
        }
    }

    private static Field part(String name, SqlType type, boolean nullable) {
        return type.arrowField(name, nullable, Map.of());
    }

    private static Field field(
            String name, boolean nullable, Map<String, String> metadata, ArrowType type, List<Field> parts) {
        return new Field(name, new FieldType(nullable, type, null, metadata), parts);
    }
}
