package io.skyport.engine;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Creates and drops databases while the engine runs. Thread-safe: one at a time. */
final class Databases {

    private final DatabaseFiles files;
    private final int most;
    private volatile List<String> names = List.of();

    Databases(DatabaseFiles files, int most) {
        this.files = files;
        this.most = most;
    }

    /** Those that are attached, but for the first one, which cannot go. */
    List<String> names() {
        return names;
    }

    /** Bytes of their files, by name. */
    synchronized Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.all().entrySet()) {
            sizes.put(file.getKey(), DatabaseFiles.size(file.getValue()));
        }
        return sizes;
    }

    /** The files to attach, by name. */
    synchronized Map<String, Path> toAttach() throws IOException {
        Map<String, Path> all = files.all();
        names = all.keySet().stream()
                .filter(name -> !name.equals(Engine.DEFAULT_DATABASE))
                .toList();
        return all;
    }

    synchronized void create(String name, DuckDbInstance instance) {
        DatabaseName.require(name);
        try {
            Map<String, Path> all = files.all();
            if (all.keySet().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new SkyportException(ErrorCode.DUPLICATE_DATABASE, "database \"" + name + "\" already exists");
            }
            List<Path> free = all.size() < most ? files.free() : List.of();
            Path file = attached(name, free, instance);
            own(file, name, instance);
            toAttach();
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR, "database \"" + name + "\" cannot be created: " + e.getMessage(), e);
        }
    }

    /** A place whose database was dropped while somebody still read it cannot be had yet. */
    private Path attached(String name, List<Path> free, DuckDbInstance instance) throws IOException {
        @Nullable SkyportException refused = null;
        for (Path file : free) {
            try {
                DatabaseFiles.delete(file);
                instance.run(DuckDbInstance.attach(name, file));
                return file;
            } catch (SQLException e) {
                refused = EngineErrors.of(e, null);
                if (refused.code().fatal()) {
                    throw refused;
                }
            }
        }
        throw refused != null
                ? refused
                : new SkyportException(
                        ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
                        "there are " + most + " databases already (skyport.engine.max-databases)");
    }

    private void own(Path file, String name, DuckDbInstance instance) throws IOException {
        try {
            files.own(file, name);
        } catch (IOException e) {
            detach(name, instance);
            DatabaseFiles.delete(file);
            throw e;
        }
    }

    /** @param inUse whether statements that run read or write a database */
    synchronized void drop(String name, DuckDbInstance instance, Predicate<String> inUse) {
        try {
            Map<String, Path> all = files.all();
            Map.Entry<String, Path> stored = all.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new SkyportException(
                            ErrorCode.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist"));
            requireDroppable(stored.getKey(), inUse);
            detach(stored.getKey(), instance);
            files.drop(stored.getValue());
            toAttach();
        } catch (IOException e) {
            throw new SkyportException(
                    ErrorCode.IO_ERROR,
                    "the files of database \"" + name + "\" cannot be deleted: " + e.getMessage(),
                    e);
        }
    }

    private static void requireDroppable(String name, Predicate<String> inUse) {
        if (name.equals(Engine.DEFAULT_DATABASE)) {
            throw new SkyportException(
                    ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST, "database \"default\" cannot be dropped");
        }
        if (inUse.test(name)) {
            throw new SkyportException(
                    ErrorCode.OBJECT_IN_USE, "database \"" + name + "\" is in use by statements that run");
        }
    }

    private static void detach(String name, DuckDbInstance instance) {
        try {
            instance.run("DETACH " + Sql.identifier(name));
        } catch (SQLException e) {
            // A checkpoint that fails, on a full disk, leaves it detached none the less.
            if (instance.hasAttached(name)) {
                throw EngineErrors.of(e, null);
            }
        }
    }
}
