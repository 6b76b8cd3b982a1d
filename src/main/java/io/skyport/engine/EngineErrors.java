package io.skyport.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.skyport.error.ErrorCode;
import io.skyport.error.SkyportException;
import org.jspecify.annotations.Nullable;

/** Turns the engine's failures into {@link SkyportException}s with SQLSTATE, text and position. */
final class EngineErrors {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EngineErrors() {}

    static SkyportException of(Exception failure, @Nullable String sql) {
        String text = String.valueOf(failure.getMessage());
        int brace = text.indexOf('{');
        if (brace >= 0) {
            try {
                JsonNode json = JSON.readTree(text.substring(brace));
                String message = json.path("exception_message").asText(text);
                return new SkyportException(ErrorCode.GENERAL_ERROR, message, failure);
            } catch (JsonProcessingException notJson) {
                return new SkyportException(ErrorCode.GENERAL_ERROR, text, failure);
            }
        }
        return new SkyportException(ErrorCode.GENERAL_ERROR, text, failure);
    }
}
