package io.skyport.catalog;

/** How the engine compares names: it ignores the case of ASCII letters, and of no others. */
final class NameCase {

    private NameCase() {}

    /** The same text for all names that the engine takes for one. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                folded.setCharAt(i, (char) (c - 'A' + 'a'));
            }
        }
        return folded.toString();
    }

    static boolean same(String one, String other) {
        return one.length() == other.length() && fold(one).equals(fold(other));
    }
}
