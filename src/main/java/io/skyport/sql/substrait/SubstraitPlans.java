package io.skyport.sql.substrait;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.substrait.SubstraitVersion;
import io.substrait.proto.Plan;
import io.substrait.proto.RelRoot;
import io.substrait.relation.Rel;
import java.nio.ByteBuffer;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.tools.RelBuilder;

/**
 * Reads Substrait plans as SQL texts, which mean the same whatever the catalog is: names, types, files and rights are checked
 * when the text is compiled. The library's functions are loaded with the first plan. Thread-safe.
 */
public final class SubstraitPlans {

    /** The oldest version of the specification whose plans were tried. */
    public static final String MIN_VERSION = "0.20.0";

    /** The newest version whose messages are known; later ones are read as far as they are the same. */
    public static final String MAX_VERSION = SubstraitVersion.VERSION;

    /** How texts made of plans begin: no client has seen the places in them. */
    private static final String MARK = "/* Substrait */ ";

    private static final int BYTES_PER_PLAN = 4096;

    private final long maxBytes;
    private final int maxDepth;
    private final Cache<ByteBuffer, String> texts;

    /**
     * @param maxBytes the longest plan
     * @param maxDepth messages within each other at most
     * @param cached how many plans are kept read
     */
    public SubstraitPlans(long maxBytes, int maxDepth, int cached) {
        this.maxBytes = maxBytes;
        this.maxDepth = maxDepth;
        this.texts = Caffeine.newBuilder()
                .maximumWeight(cached)
                .weigher((ByteBuffer plan, String text) -> 1 + (plan.remaining() + text.length()) / BYTES_PER_PLAN)
                .executor(Runnable::run)
                .build();
    }

    /** Whether a text was made of a plan. */
    public static boolean made(String text) {
        return text.startsWith(MARK);
    }

    /**
     * The text of a plan.
     *
     * @throws SkyportException 0A000 that names what is not supported, 08P01 if the bytes are no plan, 22000 if it
     *     contradicts itself, 54000 and 54001 if it is too long or too deep
     */
    public String text(byte[] plan) {
        if (plan.length > maxBytes) {
            throw new SkyportException(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "the plan is longer than " + maxBytes + " bytes (skyport.sql.max-statement-length)");
        }
        ByteBuffer key = ByteBuffer.wrap(plan.clone());
        String known = texts.getIfPresent(key);
        if (known != null) {
            return known;
        }
        String text = MARK + read(plan);
        texts.put(key, text);
        return text;
    }

    private String read(byte[] bytes) {
        try {
            return statement(PlanReader.read(bytes, maxDepth));
        } catch (RuntimeException e) {
            throw PlanFailure.of(e);
        } catch (StackOverflowError e) {
            throw new SkyportException(ErrorCode.STATEMENT_TOO_COMPLEX, "the plan is nested too deeply", e);
        }
    }

    private static String statement(Plan plan) {
        PlanConverters converters = Loaded.CONVERTERS;
        PlanSpelling spelling = new PlanSpelling(plan, converters.functions());
        RelRoot root = spelling.respelled(PlanReader.root(plan));
        Rel relation = new PlanProtos(
                        spelling, converters.getExtensions(), plan.getVersion().getProducer())
                .from(root.getInput());
        RelOptCluster cluster = RelOptCluster.create(
                new HepPlanner(HepProgram.builder().build()), new RexBuilder(converters.getTypeFactory()));
        PlanRelations relations = (PlanRelations) converters.getSubstraitRelNodeConverter(
                RelBuilder.proto(RelBuilder.Config.DEFAULT.withSimplify(false)).create(cluster, null));
        return new PlanStatements(relations, converters.getTypeFactory()).text(relation, root.getNamesList());
    }

    /** Loaded by the first plan. */
    private static final class Loaded {
        static final PlanConverters CONVERTERS = PlanConverters.load();
    }
}
