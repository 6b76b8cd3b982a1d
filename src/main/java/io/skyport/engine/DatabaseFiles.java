package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which file is which database's.
 *
 * <p>DuckDB's sandbox names every file it may touch before it is closed, and it cannot be opened again. A database that
 * SQL creates therefore begins in one of a fixed number of places, {@code created/<i>.duckdb}; {@code created/<i>.name}
 * says whose it is, and is what makes the database exist after a crash. The next start moves it to {@code <name>.duckdb},
 * where all databases are. Not thread-safe.
 */
final class DatabaseFiles {

    private static final String SUFFIX = ".duckdb";
    private static final String NAME_SUFFIX = ".name";

    /** What DuckDB writes beside a database's file. */
    private static final List<String> COMPANIONS = List.of(".wal", ".wal.checkpoint", ".wal.recovery");

    private final Path directory;
    private final Path created;
    private final int places;

    /** @param places how many databases can be created until the next start, if none is dropped */
    DatabaseFiles(Path directory, int places) throws IOException {
        this.directory = directory;
        this.created = Files.createDirectories(directory.resolve("created")).toRealPath();
        this.places = places;
    }

    /** The file of the database that is there from the first start; it may not exist yet. */
    Path first() {
        return directory.resolve(Engine.DEFAULT_DATABASE + SUFFIX);
    }

    /** The file of the server's own database, which is not among {@link #all()}; it may not exist yet. */
    Path system() {
        return directory.resolve(Engine.SYSTEM_DATABASE + SUFFIX);
    }

    /** The files of all databases by name, {@code default} first. */
    Map<String, Path> all() throws IOException {
        Map<String, Path> files = new LinkedHashMap<>(Map.of(Engine.DEFAULT_DATABASE, first()));
        Map<String, Path> others = new TreeMap<>();
        try (Stream<Path> found = Files.list(directory)) {
            found.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(file -> !file.equals(first()) && !file.equals(system()))
                    .forEach(file -> others.put(nameOf(file), file));
        }
        for (int place = 1; place <= places; place++) {
            Optional<String> name = owner(place);
            if (name.isPresent()) {
                others.put(name.get(), file(place));
            }
        }
        files.putAll(others);
        return files;
    }

    /** Bytes of a database's file and of what is beside it. */
    static long size(Path file) throws IOException {
        long size = sizeIfExists(file);
        for (String suffix : COMPANIONS) {
            size += sizeIfExists(Path.of(file + suffix));
        }
        return size;
    }

    /** Checkpoints delete files at any time. */
    private static long sizeIfExists(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    /** All that DuckDB must be allowed to touch so that databases can be created. */
    List<Path> sandbox() {
        List<Path> files = new ArrayList<>();
        for (int place = 1; place <= places; place++) {
            files.add(file(place));
            companions(file(place)).forEach(files::add);
        }
        return files;
    }

    /** Moves databases that were created to where they stay. Only when nobody has them open. */
    void settle() throws IOException {
        for (int place = 1; place <= places; place++) {
            Optional<String> name = owner(place);
            if (name.isPresent()) {
                settle(file(place), directory.resolve(name.get() + SUFFIX));
                Files.deleteIfExists(marker(place));
            } else {
                delete(file(place));
            }
        }
    }

    /** Can be repeated from wherever it stopped. */
    private static void settle(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            if (Files.exists(to)) {
                throw new SkyportException(
                        ErrorCode.IO_ERROR, "two files claim to be the same database: " + from + " and " + to);
            }
            // What a dropped database of this name may have left.
            deleteCompanions(to);
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
        for (String suffix : COMPANIONS) {
            Path companion = Path.of(from + suffix);
            if (Files.exists(companion)) {
                Files.move(companion, Path.of(to + suffix), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    /** The places that belong to no database, without what others may have left in them. */
    List<Path> free() throws IOException {
        List<Path> free = new ArrayList<>();
        for (int place = 1; place <= places; place++) {
            if (owner(place).isEmpty()) {
                free.add(file(place));
            }
        }
        return free;
    }

    /** From now on, also after a crash, {@code file}, which is one of {@link #free()}, is this database's. */
    void own(Path file, String database) throws IOException {
        Path marker = marker(file);
        Path written = Path.of(marker + ".new");
        try (FileChannel channel = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.UTF_8.encode(database));
            channel.force(true);
        }
        Files.move(written, marker, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(created, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forgets a database and deletes its files. */
    void drop(Path file) throws IOException {
        if (file.startsWith(created)) {
            Files.deleteIfExists(marker(file));
        }
        delete(file);
    }

    /** Deletes the files of a place, or of a database: its own first, without which the others are nothing. */
    static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        deleteCompanions(file);
    }

    private static void deleteCompanions(Path file) throws IOException {
        for (Path companion : companions(file)) {
            Files.deleteIfExists(companion);
        }
    }

    private static List<Path> companions(Path file) {
        return COMPANIONS.stream().map(suffix -> Path.of(file + suffix)).toList();
    }

    private Path file(int place) {
        return created.resolve(place + SUFFIX);
    }

    private Path marker(int place) {
        return created.resolve(place + NAME_SUFFIX);
    }

    private Path marker(Path file) {
        return created.resolve(nameOf(file) + NAME_SUFFIX);
    }

    private Optional<String> owner(int place) throws IOException {
        Path marker = marker(place);
        return Files.exists(marker) ? Optional.of(Files.readString(marker)) : Optional.empty();
    }
}
