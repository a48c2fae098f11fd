package dev.longshore.apiserver.http;

import dev.longshore.api.ApiException;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The decoded query of a request. */
public final class QueryParameters {
    private final Map<String, List<String>> values;

    private QueryParameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /** @param uri path and query as sent. Fails with IllegalArgumentException for broken escapes. */
    static QueryParameters of(String uri) {
        return new QueryParameters(new QueryStringDecoder(uri, StandardCharsets.UTF_8, true,
                HttpLimits.QUERY_PARAMETERS, true).parameters());
    }

    /** The first value; "" when the parameter is absent. */
    public String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** As the Kubernetes API reads booleans in queries: absent, "0" and "false" are false, everything else is true. */
    public boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        String value = first(name);
        return !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** A whole number. Fails with BAD_REQUEST for other text. */
    public OptionalLong number(String name) {
        String value = first(name);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            throw ApiException.badRequest("query parameter " + name + " must be a whole number, not \"" + value + "\"");
        }
    }
}
