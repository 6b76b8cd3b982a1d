package io.skyport.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Walks where a glob leads and tells of every symbolic link on the way. DuckDB follows those that a wildcard meets, and its own
 * sandbox lets them lead to the files of databases. It meets at least the links that DuckDB would: {@code [..]} may be any character.
 */
final class GlobLinks {

    private static final String ANY_DEPTH = "**";

    private final List<String> names;
    private final Consumer<Path> link;

    private GlobLinks(List<String> names, Consumer<Path> link) {
        this.names = names;
        this.link = link;
    }

    /**
     * @param base a directory without wildcards
     * @param names of files and directories below it, one for each level, of which some have wildcards
     * @param link told of each link
     */
    static void find(Path base, List<String> names, Consumer<Path> link) throws IOException {
        // DuckDB refuses more than one, and it would take long to follow them.
        if (names.stream().filter(ANY_DEPTH::equals).count() <= 1) {
            new GlobLinks(names, link).follow(base, 0);
        }
    }

    private void follow(Path directory, int level) throws IOException {
        if (level == names.size() || !Files.isDirectory(directory)) {
            return;
        }
        String name = names.get(level);
        if (name.equals(ANY_DEPTH)) {
            follow(directory, level + 1);
            try (DirectoryStream<Path> entries =
                    Files.newDirectoryStream(directory, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
                for (Path entry : entries) {
                    follow(entry, level);
                }
            }
        } else if (AllowedDirectories.isGlob(name)) {
            Pattern pattern = pattern(name);
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(
                    directory,
                    entry -> pattern.matcher(entry.getFileName().toString()).matches())) {
                for (Path entry : entries) {
                    meet(entry, level);
                }
            }
        } else {
            meet(directory.resolve(name), level);
        }
    }

    private void meet(Path entry, int level) throws IOException {
        if (Files.isSymbolicLink(entry)) {
            link.accept(entry);
        }
        follow(entry, level + 1);
    }

    private static Pattern pattern(String glob) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            int end = c == '[' ? glob.indexOf(']', i + 2) : -1;
            if (c == '?' || end > 0) {
                pattern.append('.');
                i = Math.max(i, end);
            } else if (c == '*' || c == '\\' || c == '[' || c == '{' || c == '}') {
                pattern.append(".*");
            } else {
                pattern.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }
}
