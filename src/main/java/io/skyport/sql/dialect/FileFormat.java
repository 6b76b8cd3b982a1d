package io.skyport.sql.dialect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of files that are read as tables. */
public enum FileFormat {
    PARQUET("read_parquet", List.of("parquet")),
    CSV("read_csv", List.of("csv", "tsv")),
    JSON("read_json", List.of("json", "jsonl", "ndjson")),
    /** The engine does not read these: they are converted to Parquet once. */
    ARROW("read_parquet", List.of("arrow", "feather", "ipc"));

    private static final List<String> COMPRESSIONS = List.of(".gz", ".zst");

    private final String function;
    private final List<String> extensions;

    FileFormat(String function, List<String> extensions) {
        this.function = function;
        this.extensions = extensions;
    }

    /** The engine's table function that reads it. */
    public String function() {
        return function;
    }

    /** The extension that files of a directory have. */
    public String extension() {
        return extensions.get(0);
    }

    /** By the word after STORED AS, any case. */
    public static Optional<FileFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** By the end of a file's name, where it can be read without preparation. */
    public static Optional<FileFormat> ofPath(String path) {
        String name = uncompressed(path.toLowerCase(Locale.ROOT));
        return Arrays.stream(values())
                .filter(format -> format != ARROW)
                .filter(format -> format.extensions.stream().anyMatch(end -> name.endsWith("." + end)))
                .findFirst();
    }

    /** The name that a file has as a table: its own up to the first dot. */
    public static String alias(String path) {
        String file = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        int dot = file.indexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }

    private static String uncompressed(String path) {
        return COMPRESSIONS.stream()
                .filter(path::endsWith)
                .findFirst()
                .map(end -> path.substring(0, path.length() - end.length()))
                .orElse(path);
    }
}
