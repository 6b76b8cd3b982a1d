package io.skyport.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps hashes of sessions' ids in memory and in a file, one line each with the time it was remembered. A line that the
 * machine's crash cut off is skipped.
 */
final class LostSessionsFile implements LostSessions {

    private final @Nullable Path file;
    private final InstantSource clock;
    private final int max;
    private final Cache<String, Long> remembered;
    private int appended;

    /**
     * @param file null to keep nothing over a restart
     * @param memory how long each is remembered, at least as long as tokens are valid
     * @param max how many are; beyond it the oldest are forgotten
     */
    LostSessionsFile(@Nullable Path file, Duration memory, int max, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.max = max;
        this.remembered =
                Caffeine.newBuilder().expireAfterWrite(memory).maximumSize(max).build();
        if (file != null && Files.exists(file)) {
            load(file, clock.millis() - memory.toMillis());
        }
    }

    private synchronized void load(Path from, long since) {
        try (var lines = Files.lines(from, StandardCharsets.ISO_8859_1)) {
            lines.map(line -> line.split(" "))
                    .filter(parts -> parts.length == 2 && parts[1].length() == 64 && parts[0].matches("\\d{1,18}"))
                    .filter(parts -> Long.parseLong(parts[0]) > since)
                    .forEach(parts -> remembered.put(parts[1], Long.parseLong(parts[0])));
        } catch (IOException e) {
            throw unwritable(e);
        }
        rewrite(from);
    }

    @Override
    public synchronized void remember(String sessionId) {
        String hash = hash(sessionId);
        long now = clock.millis();
        remembered.put(hash, now);
        if (file == null) {
            return;
        }
        try {
            Files.writeString(file, now + " " + hash + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(e);
        }
        if (++appended > max) {
            rewrite(file);
        }
    }

    @Override
    public boolean remembers(String sessionId) {
        return remembered.getIfPresent(hash(sessionId)) != null;
    }

    private void rewrite(Path target) {
        List<String> lines = remembered.asMap().entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.toList());
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.write(fresh, lines);
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            appended = 0;
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private SkyportException unwritable(IOException e) {
        return new SkyportException(ErrorCode.IO_ERROR, "The sessions' file cannot be kept: " + e, e);
    }

    private static String hash(String sessionId) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
