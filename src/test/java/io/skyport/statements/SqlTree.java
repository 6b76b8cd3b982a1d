package io.skyport.statements;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A generated SQL text as a tree, so that it can shrink: a piece gives way to a piece of the same kind below it, to the
 * simplest of its kind, or to nothing where it is optional.
 *
 * @param kind what may stand in its place: the name of a type for expressions; empty: nothing else
 * @param parts strings and trees in their order
 * @param optional whether the text is still SQL without it
 */
record SqlTree(String kind, List<Object> parts, boolean optional) {

    static SqlTree of(String kind, Object... parts) {
        return new SqlTree(kind, List.of(parts), false);
    }

    /** A piece that can be left out. */
    static SqlTree maybe(Object... parts) {
        return new SqlTree("", List.of(parts), true);
    }

    static SqlTree joined(String separator, List<SqlTree> pieces) {
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            parts.add(i == 0 ? pieces.get(i) : maybe(separator, pieces.get(i)));
        }
        return new SqlTree("", parts, false);
    }

    String sql() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        for (Object part : parts) {
            if (part instanceof SqlTree tree) {
                tree.write(text);
            } else {
                text.append(part);
            }
        }
    }

    /** The smallest tree found, by dropping and replacing pieces one at a time, for which {@code fails} still holds. */
    SqlTree shrunk(Predicate<SqlTree> fails, int attempts) {
        SqlTree smallest = this;
        int left = attempts;
        boolean smaller = true;
        while (smaller && left > 0) {
            smaller = false;
            for (SqlTree candidate : smallest.candidates()) {
                if (left-- <= 0) {
                    break;
                }
                if (candidate.sql().length() < smallest.sql().length() && fails.test(candidate)) {
                    smallest = candidate;
                    smaller = true;
                    break;
                }
            }
        }
        return smallest;
    }

    /** This tree with one piece made simpler, the boldest steps first. */
    List<SqlTree> candidates() {
        List<SqlTree> candidates = new ArrayList<>();
        if (!kind.isEmpty()) {
            descendants(candidates);
            SimplestPieces.of(kind).ifPresent(candidates::add);
        }
        if (optional) {
            candidates.add(new SqlTree("", List.of(), true));
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof SqlTree part) {
                for (SqlTree candidate : part.candidates()) {
                    List<Object> replaced = new ArrayList<>(parts);
                    replaced.set(i, candidate);
                    candidates.add(new SqlTree(kind, replaced, optional));
                }
            }
        }
        return candidates;
    }

    private void descendants(List<SqlTree> found) {
        List<SqlTree> all = new ArrayList<>();
        below(all);
        all.stream().filter(piece -> piece.kind().equals(kind)).forEach(found::add);
    }

    private void below(List<SqlTree> found) {
        for (Object part : parts) {
            if (part instanceof SqlTree tree) {
                found.add(tree);
                tree.below(found);
            }
        }
    }
}
