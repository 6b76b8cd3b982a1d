<#-- Which words may be names is looked up: trying hundreds of them one after the other was most of the time of lookahead. -->
<@original><#noparse>    private static Metadata metadata;</#noparse></@original>
<@replacement><#noparse>    private static Metadata metadata;

    <#assign wordGroups = ((parser.nonReservedKeywords!default.parser.nonReservedKeywords) + (parser.nonReservedKeywordsToAdd!default.parser.nonReservedKeywordsToAdd))?chunk(25)>
    /** Words that may be names, by kind of token: the number of their group from 1, or 0. */
    private static final byte[] NON_RESERVED_GROUPS = new byte[${parser.class}Constants.tokenImage.length];

    static {
        <#list wordGroups as group><#list group as word>
        NON_RESERVED_GROUPS[${word}] = ${group?index + 1};
        </#list></#list>
    }

    /** Whether the next token may be a name and is in a group from {@code first} to {@code last}. */
    private boolean atNonReservedWord(int first, int last) {
        final int group = NON_RESERVED_GROUPS[getToken(1).kind];
        return first <= group && group <= last;
    }

    /**
     * Makes a parser that has read a text well read another: making a new one costs more than reading a short text. What
     * lookahead remembers of the last text is made too old to count.
     */
    public void read(SourceStringReader text) {
        setOriginalSql(text.getSourceString());
        jj_input_stream.ReInit(text, 1, 1, text.getSourceString().length());
        token_source.ReInit(jj_input_stream);
        token = new Token();
        jj_ntk = -1;
        jj_gen += 1 << 20;
        nDynamicParams = 0;
        rowValueStarCount = 0;
        warnings.clear();
    }

    /** Whether {@link #read} may be called: what counts tokens would overflow at some time. */
    public boolean canReadOn() {
        return jj_gen < 1 << 30;
    }</#noparse></@replacement>
<@original><#noparse>    (
        NonReservedKeyWord0of3()
    |   NonReservedKeyWord1of3()
    |   NonReservedKeyWord2of3()
    )
    {
        return unquotedIdentifier();
    }
}</#noparse></@original>
<@replacement><#noparse>(
    <#list wordGroups?chunk(8) as groups>
        <#if groups?index gt 0>|</#if>
        LOOKAHEAD({ atNonReservedWord(${groups?index * 8 + 1}, ${groups?index * 8 + groups?size}) })
        NonReservedWords${groups?index}()
    </#list>
    )
    {
        return unquotedIdentifier();
    }
}

<#list wordGroups?chunk(8) as groups>
void NonReservedWords${groups?index}() :
{
}
{
    (
    <#list groups as group>
        <#assign number = groups?index * 8 + group?index + 1>
        <#if group?index gt 0>|</#if>
        LOOKAHEAD({ atNonReservedWord(${number}, ${number}) })
        ( <#list group as word><#if word?index gt 0> | </#if><${word}></#list> )
    </#list>
    )
}
</#list></#noparse></@replacement>
