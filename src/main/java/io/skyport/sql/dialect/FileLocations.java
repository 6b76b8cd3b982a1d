package io.skyport.sql.dialect;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where files are, as the engine reads it: absolute, for it may not leave its allowed directories. */
public final class FileLocations {

    private FileLocations() {}

    /** A file or glob as it is, a directory as all files of the format below it; relative to the working directory. */
    public static String pattern(String location, FileFormat format) {
        if (location.contains("://")) {
            return location.endsWith("/") ? location + "**/*." + format.extension() : location;
        }
        String path = absolute(location);
        boolean directory = location.endsWith("/") || (!isGlob(path) && Files.isDirectory(Path.of(path)));
        return directory ? stripSlash(path) + "/**/*." + format.extension() : path;
    }

    /** Of a local path; a glob keeps its wildcards. */
    public static String absolute(String location) {
        if (location.startsWith("/") || location.contains("://")) {
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
