package dev.longshore.apiserver.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole answer.
 *
 * @param body never modified
 */
@SuppressWarnings("ArrayRecordComponent") // sent once, never compared
record Response(int status, List<Header> headers, byte[] body) {
    Response {
        headers = List.copyOf(headers);
    }

    static Response of(int status, String contentType, byte[] body) {
        return new Response(status, List.of(Header.contentType(contentType)), body);
    }

    static Response text(int status, String body) {
        return of(status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
    }

    static Response json(int status, byte[] body) {
        return of(status, "application/json", body);
    }

    Response with(List<Header> more) {
        List<Header> all = new ArrayList<>(headers);
        all.addAll(more);
        return new Response(status, all, body);
    }
}
