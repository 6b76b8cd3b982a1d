package io.skyport.config;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.error.SqlPosition;
import io.skyport.session.Cancellation;
import io.skyport.session.Session;
import io.skyport.sql.SqlScript;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the operator's file of statements, one after the other, as any client would. */
final class StartupDdl {

    private static final Logger log = LoggerFactory.getLogger(StartupDdl.class);

    private StartupDdl() {}

    /**
     * Runs the statements of a file. USE and SET hold for the statements after them.
     *
     * @return how many ran
     * @throws SkyportException if the file cannot be read or a statement fails; the message names the file and the line
     */
    static int run(Path file, Session session) {
        int count = 0;
        for (SqlScript.Statement statement : SqlScript.statements(read(file))) {
            run(file, statement, session);
            count++;
        }
        log.info("Ran {} statements of {}", count, file);
        return count;
    }

    private static void run(Path file, SqlScript.Statement statement, Session session) {
        try {
            session.update(statement.text(), new Cancellation());
        } catch (SkyportException e) {
            SqlPosition position = e.position().map(statement::inScript).orElseGet(statement::start);
            throw new SkyportException(
                    e.code(),
                    file + ", line " + position.line() + ", column " + position.column() + ": " + e.text() + " ["
                            + e.code().sqlState() + "]",
                    e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw unreadable(file, "does not exist (looked for " + file.toAbsolutePath() + ")", e);
        } catch (MalformedInputException e) {
            throw unreadable(file, "is not UTF-8", e);
        } catch (IOException e) {
            throw unreadable(file, "cannot be read: " + e.getMessage(), e);
        }
    }

    private static SkyportException unreadable(Path file, String why, IOException cause) {
        return new SkyportException(ErrorCode.UNDEFINED_FILE, "skyport.startup.ddl: " + file + " " + why, cause);
    }
}
