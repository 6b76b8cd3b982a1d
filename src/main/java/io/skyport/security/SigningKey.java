package io.skyport.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** The key that signs access tokens, kept in a file of the data directory so that tokens outlive a restart. */
public final class SigningKey {

    /** HS256 wants a key as long as its hash (RFC 7518 section 3.2). */
    public static final int MIN_BYTES = 32;

    static final String FILE_NAME = "token.key";

    private SigningKey() {}

    /**
     * Reads the key of this data directory; makes it, readable by the owner only, if there is none.
     *
     * @throws IllegalStateException if the file does not hold a key
     * @throws UncheckedIOException if it cannot be read or written
     */
    public static byte[] in(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE_NAME);
        try {
            Files.createDirectories(dataDirectory);
            if (Files.notExists(file)) {
                create(file);
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length < MIN_BYTES) {
                throw new IllegalStateException(file + " holds " + key.length + " bytes, a key has " + MIN_BYTES
                        + "; delete the file to get a new one");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("the key that signs access tokens cannot be kept in " + file, e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] key = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(key);
        Path unfinished = Files.createTempFile(file.toAbsolutePath().getParent(), FILE_NAME, ".new", ownerOnly());
        try (SeekableByteChannel out = Files.newByteChannel(unfinished, Set.of(StandardOpenOption.WRITE))) {
            out.write(ByteBuffer.wrap(key));
        }
        try {
            Files.move(unfinished, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(unfinished);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
