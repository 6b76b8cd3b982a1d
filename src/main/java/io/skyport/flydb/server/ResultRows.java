package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.skyport.flydb.message.Rows;
import io.skyport.session.Execution;
import io.skyport.session.ResultStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of an execution, written as the engine gives them. To be written once. */
final class ResultRows implements Rows {

    private final Client client;
    private final Execution execution;
    private final @Nullable RowText text;

    /** @param text shows the rows to people; null for none */
    ResultRows(Client client, Execution execution, @Nullable RowText text) {
        this.client = client;
        this.execution = execution;
        this.text = text;
        client.promises(execution::discard);
    }

    @Override
    public Written writeTo(JsonGenerator json) throws IOException {
        client.keeps();
        try (ResultStream stream = client.open(execution)) {
            RowWriter writer = new RowWriter(json, text);
            while (stream.next()) {
                writer.write(stream.root());
            }
            String shown = text == null ? null : text.text();
            return new Written(
                    writer.count(), shown == null ? new CommandTag(execution.statement()).text(writer.count()) : shown);
        } finally {
            client.read();
        }
    }
}
