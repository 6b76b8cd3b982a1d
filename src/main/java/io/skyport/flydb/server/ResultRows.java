package io.skyport.flydb.server;

import com.fasterxml.jackson.core.JsonGenerator;
import io.skyport.flydb.message.Rows;
import io.skyport.session.Execution;
import io.skyport.session.ResultStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an execution, written as the engine gives them. To be written once. */
final class ResultRows implements Rows {

    private final Client client;
    private final Execution execution;
    private final @Nullable List<String> header;
    private final CommandTag tag;

    /** @param header of the text that shows the rows to people; null for no text */
    ResultRows(Client client, Execution execution, @Nullable List<String> header, CommandTag tag) {
        this.client = client;
        this.execution = execution;
        this.header = header;
        this.tag = tag;
        client.promises(execution::discard);
    }

    @Override
    public Written writeTo(JsonGenerator json) throws IOException {
        client.keeps();
        TextGrid grid = header == null ? null : new TextGrid(header);
        try (ResultStream stream = client.open(execution)) {
            RowWriter writer = new RowWriter(json, grid);
            while (stream.next()) {
                writer.write(stream.root());
            }
            String text = grid == null ? null : grid.text();
            return new Written(writer.count(), text == null ? tag.text(writer.count()) : text);
        } finally {
            client.read();
        }
    }
}
