package io.skyport.flightsql;

import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import io.skyport.session.Session;
import java.util.regex.Pattern;
import org.apache.arrow.flight.sql.impl.FlightSql.SubstraitPlan;

/** Substrait plans as texts for a session (conformance text, section 11). */
final class SubstraitTexts {

    /** No version is told by some; those of later minor versions are read as far as they are the same. */
    private static final Pattern READ = Pattern.compile("|0(\\.\\d+)*([-+].*)?");

    private SubstraitTexts() {}

    /**
     * The text that a plan means.
     *
     * @throws SkyportException 0A000 for a version of the specification that is not read, or what is wrong with the plan
     */
    static String text(Session session, SubstraitPlan plan) {
        if (!READ.matcher(plan.getVersion()).matches()) {
            throw new SkyportException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "Plans of Substrait " + plan.getVersion() + " are not supported, only those of 0.x");
        }
        return session.textOf(plan.getPlan().toByteArray());
    }
}
