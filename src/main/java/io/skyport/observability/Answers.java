package io.skyport.observability;

import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What endpoints answer to those who change something. */
final class Answers {

    private Answers() {}

    /** 204, or 404 if there is no such thing. */
    static WebEndpointResponse<Void> done(boolean found) {
        return new WebEndpointResponse<>(
                found ? WebEndpointResponse.STATUS_NO_CONTENT : WebEndpointResponse.STATUS_NOT_FOUND);
    }
}
