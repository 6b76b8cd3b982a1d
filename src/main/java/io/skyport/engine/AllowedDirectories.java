package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories whose files SQL may name, {@code skyport.engine.allowed-directories}.
 *
 * <p>A location is a file, a directory or a glob ({@code *}, {@code **}, {@code ?}, {@code [..]}, {@code {..}}); a relative
 * one is relative to the process's working directory, as for DuckDB. What counts is the real path, symbolic links and
 * {@code ..} followed. DuckDB's own sandbox is as strict but also lets through the database files and the spill directory,
 * so every location in a statement is checked here first.
 */
public final class AllowedDirectories {

    private static final String GLOB_CHARACTERS = "*?[{";

    private final List<Path> directories;

    public AllowedDirectories(List<Path> directories) {
        try {
            this.directories = Sandbox.realDirectories(directories);
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot create the allowed directories " + directories, e);
        }
    }

    public List<Path> directories() {
        return directories;
    }

    /**
     * Checks a location that a statement reads from or writes to; it need not exist.
     *
     * @return the location with its existing part replaced by its real path
     * @throws SkyportException 42501 if any of it lies outside
     */
    public String require(String location) {
        Path whole = path(location).toAbsolutePath();
        int fixed = fixedNames(whole);
        Path real = realPath(prefix(whole, fixed));
        if (directories.stream().noneMatch(real::startsWith)) {
            throw refused(location);
        }
        Path resolved = resolve(real, whole, fixed);
        if (fixed < whole.getNameCount()) {
            requireNoWayOut(real, real.relativize(resolved));
        }
        return resolved.toString();
    }

    /** Links that a wildcard meets are followed too. */
    private void requireNoWayOut(Path base, Path glob) {
        List<String> names = new ArrayList<>();
        glob.forEach(name -> names.add(name.toString()));
        try {
            GlobLinks.find(base, names, this::requireInside);
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR, "cannot list " + base.resolve(glob) + ": " + e.getMessage(), e);
        }
    }

    private void requireInside(Path file) {
        if (directories.stream().noneMatch(realPath(file)::startsWith)) {
            throw refused(file.toString());
        }
    }

    /**
     * The files that a location stands for, sorted; those of a directory are its regular files.
     *
     * @throws SkyportException 42501 if any of them lies outside, 58P01 if there is none
     */
    public List<Path> files(String location) {
        Path checked = path(require(location));
        List<Path> files;
        try (Stream<Path> found = walk(checked)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot list " + location + ": " + e.getMessage(), e);
        }
        if (files.isEmpty()) {
            throw new SkyportException(ErrorCode.UNDEFINED_FILE, "no files match " + location);
        }
        files.forEach(this::requireInside);
        return files;
    }

    private static Stream<Path> walk(Path location) throws IOException {
        if (!isGlob(location.toString())) {
            return Files.isDirectory(location) ? Files.list(location) : Stream.of(location);
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + location);
        Path base = prefix(location, fixedNames(location));
        return Files.exists(base) ? Files.walk(base).filter(matcher::matches) : Stream.empty();
    }

    static boolean isGlob(String location) {
        return location.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    /** How many leading names have no wildcard. */
    private static int fixedNames(Path whole) {
        int names = 0;
        while (names < whole.getNameCount() && !isGlob(whole.getName(names).toString())) {
            names++;
        }
        return names;
    }

    private static Path prefix(Path whole, int names) {
        return names == 0 ? whole.getRoot() : whole.getRoot().resolve(whole.subpath(0, names));
    }

    /** The names of {@code whole} from {@code from} on, below {@code base}. */
    private static Path resolve(Path base, Path whole, int from) {
        Path resolved = base;
        for (int i = from; i < whole.getNameCount(); i++) {
            if (whole.getName(i).toString().equals("..")) {
                throw refused(whole.toString());
            }
            resolved = resolved.resolve(whole.getName(i));
        }
        return resolved;
    }

    private static Path path(String location) {
        try {
            return Path.of(location);
        } catch (InvalidPathException e) {
            throw new SkyportException(ErrorCode.UNDEFINED_FILE, "not a path: " + location, e);
        }
    }

    /**
     * The real path of the longest leading part that exists, and the rest behind it. Not normalised before: behind a
     * symbolic link, {@code ..} is the parent of what the link points to.
     */
    private static Path realPath(Path path) {
        int names = path.getNameCount();
        while (names > 0 && !Files.exists(prefix(path, names))) {
            if (Files.isSymbolicLink(prefix(path, names))) {
                throw refused(path.toString());
            }
            names--;
        }
        try {
            return resolve(prefix(path, names).toRealPath(), path, names);
        } catch (IOException e) {
            throw new SkyportException(ErrorCode.IO_ERROR, "cannot resolve " + path + ": " + e.getMessage(), e);
        }
    }

    private static SkyportException refused(String location) {
        return new SkyportException(
                ErrorCode.INSUFFICIENT_PRIVILEGE,
                location + " is outside the allowed directories (skyport.engine.allowed-directories)");
    }
}
