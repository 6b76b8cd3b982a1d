<#-- Statements are Skyport's own: includes/statement.ftl. -->
<#list ["SqlNode SqlStmt() :", "SqlNode SqlStmtEof() :"] as production>
<@without production/>
</#list>
<#-- What lookahead needs to know; a production could not be called from it. -->
<@original>    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@original>
<@replacement>    /** A span that begins with the next token. */
    private Span spanOfNext() {
        final Token next = getToken(1);
        return Span.of(new SqlParserPos(next.beginLine, next.beginColumn, next.endLine, next.endColumn));
    }

    /** Whether a column's type stands behind its name. */
    private boolean atColumnType() {
        switch (getToken(1).kind) {
        case COMMA:
        case RPAREN:
        case EOF:
        case SEMICOLON:
        case CONSTRAINT:
        case NOT:
        case NULL:
        case DEFAULT_:
        case PRIMARY:
        case UNIQUE:
        case CHECK:
        case REFERENCES:
        case GENERATED:
        case AS:
        case COLLATE:
        case COMMENT:
        case AUTO_INCREMENT:
        case AUTOINCREMENT:
            return false;
        default:
            return true;
        }
    }

    /** Whether the next token is that word, which is no keyword. */
    private boolean atWord(String word) {
        return atWord(1, word);
    }

    /** Whether the token that is {@code distance} tokens ahead is that word. */
    private boolean atWord(int distance, String word) {
        return getToken(distance).image.equalsIgnoreCase(word);
    }

    /** Whether SET is followed by a scope or kind of setting that there is not. */
    private boolean atRefusedScope() {
        boolean named = getToken(2).kind == EQ || getToken(2).kind == TO;
        return !named && (atWord("GLOBAL") || atWord("LOCAL") || atWord("VARIABLE"));
    }

    /** Whether a statement that lists something is {@code distance} tokens ahead, rather than a table of that name. */
    private boolean atListing(int distance) {
        int next = getToken(distance + 1).kind;
        boolean named = next == RPAREN || next == COMMA || next == JOIN || next == AS || next == DOT;
        return !named && (atWord(distance, "SHOW") || atWord(distance, "DESCRIBE") || atWord(distance, "SUMMARIZE"));
    }

    /** Whether an option of EXPLAIN is {@code distance} tokens ahead. */
    private boolean atExplainOption(int distance) {
        return atWord(distance, "ANALYZE") || atWord(distance, "VERBOSE") || atWord(distance, "FORMAT");
    }

    /** Whether one of the words is {@code distance} tokens ahead. */
    private boolean atOneOf(int distance, String... words) {
        for (String word : words) {
            if (atWord(distance, word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether RENAME follows the name that stands behind ALTER kind. */
    private boolean atRenaming() {
        for (int i = 3; i <= 9 && getToken(i).kind != EOF; i++) {
            if (atWord(i, "RENAME")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the statement goes on: all that may follow are options. */
    private boolean atSequenceOption() {
        return getToken(1).kind != EOF && getToken(1).kind != SEMICOLON;
    }

    /** Whether the kind of something that is no table stands here. */
    private boolean atCreatedObject() {
        return atOneOf(1, "VIEW", "RECURSIVE", "MATERIALIZED", "SCHEMA", "SEQUENCE", "INDEX", "UNIQUE", "TYPE",
            "MACRO", "FUNCTION", "DATABASE");
    }

    /** Whether an object of a kind that there is not is made, changed or dropped. */
    private boolean atRefusedObject() {
        boolean replaced = getToken(1).kind == CREATE && getToken(2).kind == OR && getToken(3).kind == REPLACE;
        return (getToken(1).kind == CREATE || getToken(1).kind == ALTER || getToken(1).kind == DROP)
                && RefusedStatement.isObject(getToken(replaced ? 4 : 2).image);
    }

    private SqlNode extend(SqlNode table, SqlNodeList extendList) {</@replacement>
