package io.skyport.sql.print;

import io.skyport.catalog.SqlType;
import io.skyport.sql.dialect.EngineNames;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the holes of an {@link EngineText} are filled with.
 *
 * @param casts types that parameters are cast to, by the parameter's index from 0
 * @param slashes divisions that are {@code /} in the engine too; all others are {@code //}, which divides integers as
 *     integers and everything else as {@code /} does
 * @param sums those over integers: BIGINT instead of the engine's HUGEINT
 * @param probes sums whose argument stands beside a parameter, which takes its type and so makes it known
 * @param firstProbe the index of the parameter of the first of {@code probes}
 * @param labels by the label's index, names of columns that the engine would name otherwise; where one is missing or empty, the client's text
 *     is it
 * @param written whether to fill with what the client wrote, for labels
 */
public record Form(
        Map<Integer, SqlType> casts,
        Set<Integer> slashes,
        Set<Integer> sums,
        List<Integer> probes,
        int firstProbe,
        Map<Integer, String> labels,
        boolean written) {

    /** Nothing is known yet. */
    public static final Form PLAIN = new Form(Map.of(), Set.of(), Set.of(), List.of(), 0, Map.of(), false);

    /** What the client wrote. */
    static final Form WRITTEN = new Form(Map.of(), Set.of(), Set.of(), List.of(), 0, Map.of(), true);

    public Form {
        casts = Map.copyOf(casts);
        slashes = Set.copyOf(slashes);
        sums = Set.copyOf(sums);
        probes = List.copyOf(probes);
        labels = Map.copyOf(labels);
    }

    public Form casting(Map<Integer, SqlType> types) {
        return new Form(types, slashes, sums, probes, firstProbe, labels, written);
    }

    public Form slashing(Set<Integer> divisions) {
        return new Form(casts, divisions, sums, probes, firstProbe, labels, written);
    }

    public Form summing(Set<Integer> integerSums) {
        return new Form(casts, slashes, integerSums, probes, firstProbe, labels, written);
    }

    public Form probing(List<Integer> unknownSums, int parameters) {
        return new Form(casts, slashes, sums, unknownSums, parameters, labels, written);
    }

    public Form labelled(Map<Integer, String> columnNames) {
        return new Form(casts, slashes, sums, probes, firstProbe, columnNames, written);
    }

    String fill(Hole hole) {
        return switch (hole.kind()) {
            case PARAMETER -> parameter(hole.index());
            case MACRO_PARAMETER -> EngineNames.quoted(hole.detail());
            case DIVISION -> written || slashes.contains(hole.index()) ? "/" : "//";
            case SUM_START -> sums.contains(hole.index()) ? "CAST(" : "";
            case ARGUMENT_START -> probes.contains(hole.index()) ? "coalesce(" : "";
            case ARGUMENT_END -> probe(probes.indexOf(hole.index()));
            case SUM_END -> sums.contains(hole.index()) ? " AS BIGINT)" : "";
            case TEXT_START -> (written ? "" : "left(") + hole.detail() + "(";
            case TEXT_END ->
                written ? " AS \"VARCHAR(" + hole.detail() + ")\")" : " AS VARCHAR), " + hole.detail() + ")";
            case LABEL_START, RETURNED_START, RETURNED_END -> "";
            case LABEL_END -> label(hole);
        };
    }

    private String parameter(int index) {
        String number = "$" + (index + 1);
        SqlType type = casts.get(index);
        return type == null ? number : "CAST(" + number + " AS " + type.name() + ")";
    }

    private String probe(int number) {
        return number < 0 ? "" : ", $" + (firstProbe + number + 1) + ")";
    }

    private String label(Hole hole) {
        if (written) {
            return "";
        }
        String known = labels.getOrDefault(hole.index(), "");
        return " AS " + EngineNames.quoted(known.isEmpty() ? hole.detail() : known);
    }
}
