package io.skyport.engine;

import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.jspecify.annotations.Nullable;

/** Rows of Arrow batches as Java values for binding. */
public final class ArrowValues {

    private ArrowValues() {}

    /** The values of one row, in column order, as {@link EngineConnection} takes them. */
    public static List<@Nullable Object> row(VectorSchemaRoot root, int row, DictionaryProvider dictionaries) {
        throw new IllegalStateException(root + " " + row + " " + dictionaries);
    }
}
