import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.grpc.CredentialCallOption;
import org.apache.arrow.flight.auth2.BasicAuthCredentialWriter;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;

/**
 * Runs statements over Flight SQL and prints the first value of each behind "=> ": {@code java -cp <the server's libraries> Connect.java URI USER
 * PASSWORD SQL...}. A statement that begins with {@code SELECT} is a query, any other an update.
 */
public class Connect {

    public static void main(String[] arguments) throws Exception {
        CallOption credentials =
                new CredentialCallOption(new BasicAuthCredentialWriter(arguments[1], arguments[2]));
        Location location = new Location(arguments[0]);
        try (RootAllocator allocator = new RootAllocator();
                FlightSqlClient client = new FlightSqlClient(FlightClient.builder(allocator, location)
                        .verifyServer(false)
                        .build())) {
            for (int i = 3; i < arguments.length; i++) {
                System.out.println("=> " + run(client, arguments[i], credentials));
            }
        }
    }

    private static Object run(FlightSqlClient client, String sql, CallOption credentials) throws Exception {
        if (!sql.startsWith("SELECT")) {
            return client.executeUpdate(sql, credentials);
        }
        FlightInfo info = client.execute(sql, credentials);
        try (FlightStream rows =
                client.getStream(info.getEndpoints().get(0).getTicket(), credentials)) {
            return rows.next() ? rows.getRoot().getVector(0).getObject(0) : null;
        }
    }
}
