package io.skyport.sql.statement;

import io.skyport.sql.dialect.FileFormat;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an external table's files are, as the engine reads it. */
final class ExternalFiles {

    private ExternalFiles() {}

    /** A file or glob as it is, a directory as all files of the format below it; relative to the working directory. */
    static String pattern(String location, FileFormat format) {
        if (location.contains("://")) {
            return location.endsWith("/") ? location + "**/*." + format.extension() : location;
        }
        String path = absolute(location);
        boolean directory = location.endsWith("/") || (!isGlob(path) && Files.isDirectory(Path.of(path)));
        return directory ? stripSlash(path) + "/**/*." + format.extension() : path;
    }

    /** Of a local path; a glob keeps its wildcards. */
    static String absolute(String location) {
        if (location.startsWith("/")) {
            return location;
        }
        String working = Path.of("").toAbsolutePath().toString();
        String relative = location.startsWith("./") ? location.substring(2) : location;
        return working + "/" + relative;
    }

    private static boolean isGlob(String path) {
        return path.indexOf('*') >= 0 || path.indexOf('?') >= 0 || path.indexOf('[') >= 0;
    }

    private static String stripSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
