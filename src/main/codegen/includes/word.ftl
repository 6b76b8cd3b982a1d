<#-- Words that mean something in one place only and are no keywords: nobody must quote them elsewhere. -->

/** The word that {@code atWord} found. */
JAVACODE Span Word() {
    getNextToken();
    return span();
}
