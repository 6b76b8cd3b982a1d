package io.skyport.catalog;

/** What happens to a referencing row; the codes are JDBC's and Flight SQL's (UpdateDeleteRules). */
public enum ReferentialAction {
    CASCADE(0),
    RESTRICT(1),
    SET_NULL(2),
    NO_ACTION(3),
    SET_DEFAULT(4);

    private final int code;

    ReferentialAction(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
