package io.skyport.sql.statement;

import static io.skyport.sql.statement.CopyOption.Use.BOTH;
import static io.skyport.sql.statement.CopyOption.Use.READ;
import static io.skyport.sql.statement.CopyOption.Use.WRITE;
import static io.skyport.sql.statement.CopyOption.Value.COLUMNS;
import static io.skyport.sql.statement.CopyOption.Value.FLAG;
import static io.skyport.sql.statement.CopyOption.Value.NAME_PART;
import static io.skyport.sql.statement.CopyOption.Value.NUMBER;
import static io.skyport.sql.statement.CopyOption.Value.TEXT;
import static io.skyport.sql.statement.CopyOption.Value.TEXTS;

import io.skyport.sql.dialect.FileFormat;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The formats of COPY and the options that the engine has for each, by the engine's names. */
enum CopyFormat {
    CSV(
            flags(BOTH, "header"),
            texts(BOTH, "delim", "quote", "escape", "dateformat", "timestampformat", "compression"),
            texts(READ, "comment", "encoding", "decimal_separator", "thousands"),
            Map.of("nullstr", new CopyOption(BOTH, TEXTS), "new_line", new CopyOption(BOTH, TEXT)),
            texts(WRITE, "prefix", "suffix"),
            Map.of("force_quote", new CopyOption(WRITE, COLUMNS), "force_not_null", new CopyOption(READ, COLUMNS)),
            flags(READ, "ignore_errors", "null_padding", "auto_detect", "parallel", "strict_mode"),
            flags(READ, "allow_quoted_nulls"),
            numbers(READ, "skip", "sample_size", "max_line_size", "buffer_size", "files_to_sniff")),
    PARQUET(
            texts(WRITE, "compression", "parquet_version", "row_group_size_bytes"),
            numbers(WRITE, "row_group_size", "compression_level", "dictionary_size_limit", "row_groups_per_file"),
            numbers(WRITE, "string_dictionary_page_size_limit", "bloom_filter_false_positive_ratio"),
            flags(WRITE, "write_bloom_filter"),
            flags(READ, "binary_as_string")),
    JSON(
            texts(BOTH, "compression", "dateformat", "timestampformat"),
            flags(BOTH, "array"),
            flags(READ, "auto_detect", "ignore_errors"),
            numbers(READ, "sample_size"));

    /** Options of every format: how the files are laid out. */
    private static final Map<String, CopyOption> FILES = Map.ofEntries(
            Map.entry("partition_by", new CopyOption(WRITE, COLUMNS)),
            Map.entry("write_partition_columns", new CopyOption(WRITE, FLAG)),
            Map.entry("overwrite", new CopyOption(WRITE, FLAG)),
            Map.entry("overwrite_or_ignore", new CopyOption(WRITE, FLAG)),
            Map.entry("append", new CopyOption(WRITE, FLAG)),
            Map.entry("per_thread_output", new CopyOption(WRITE, FLAG)),
            Map.entry("file_size_bytes", new CopyOption(WRITE, TEXT)),
            Map.entry("filename_pattern", new CopyOption(WRITE, NAME_PART)),
            Map.entry("file_extension", new CopyOption(WRITE, NAME_PART)),
            Map.entry("hive_file_pattern", new CopyOption(WRITE, FLAG)),
            Map.entry("write_empty_file", new CopyOption(WRITE, FLAG)),
            Map.entry("preserve_order", new CopyOption(WRITE, FLAG)),
            Map.entry("use_tmp_file", new CopyOption(WRITE, FLAG)));

    private final Map<String, CopyOption> options = new HashMap<>();

    @SafeVarargs
    CopyFormat(Map<String, CopyOption>... options) {
        List.of(options).forEach(this.options::putAll);
    }

    private static Map<String, CopyOption> flags(CopyOption.Use use, String... names) {
        return all(use, FLAG, names);
    }

    private static Map<String, CopyOption> texts(CopyOption.Use use, String... names) {
        return all(use, TEXT, names);
    }

    private static Map<String, CopyOption> numbers(CopyOption.Use use, String... names) {
        return all(use, NUMBER, names);
    }

    private static Map<String, CopyOption> all(CopyOption.Use use, CopyOption.Value value, String... names) {
        Map<String, CopyOption> options = new HashMap<>();
        for (String name : names) {
            options.put(name, new CopyOption(use, value));
        }
        return options;
    }

    /** The options for reading or writing. */
    Map<String, CopyOption> options(boolean reading) {
        Map<String, CopyOption> usable = new HashMap<>(FILES);
        usable.putAll(options);
        usable.values().removeIf(option -> option.use() == (reading ? WRITE : READ));
        return usable;
    }

    static Optional<CopyFormat> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equalsIgnoreCase(name))
                .findFirst();
    }

    /** By the end of a file's name; CSV for every other, as the engine does. */
    static CopyFormat ofPath(String path) {
        return FileFormat.ofPath(path).map(format -> valueOf(format.name())).orElse(CSV);
    }
}
