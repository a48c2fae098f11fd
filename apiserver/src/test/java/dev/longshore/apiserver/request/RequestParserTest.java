package dev.longshore.apiserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestParserTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
            "GET|/api/v1/pods|list ||pods||",
            "GET|/api/v1/namespaces/n/pods|list |n|pods||",
            "GET|/api/v1/namespaces/n/pods/p|get |n|pods||p",
            "POST|/api/v1/namespaces/n/pods/p/binding|create |n|pods|binding|p",
            "GET|/api/v1/namespaces/n|get |n|namespaces||n",
            "PUT|/api/v1/namespaces/n/finalize|update |n|namespaces|finalize|n",
            "PUT|/api/v1/namespaces/n/status|update |n|namespaces|status|n",
            "PATCH|/apis/apps/v1/namespaces/n/deployments/d/scale|patch apps|n|deployments|scale|d",
            "DELETE|/apis/apps/v1/namespaces/n/deployments|deletecollection apps|n|deployments||",
            "DELETE|/api/v1/nodes/x|delete ||nodes||x"})
    void namesWhatIsAskedFor(String method, String path, String verbAndGroup, String namespace, String plural,
            String subresource, String name) {
        RequestInfo info = RequestParser.parse(method, path, new RequestParser.Selection(false, ""));
        assertThat(info.resource()).isTrue();
        assertThat((info.verb() + " " + info.group()).trim()).isEqualTo(verbAndGroup.trim());
        assertThat(info.namespace()).isEqualTo(text(namespace));
        assertThat(info.plural()).isEqualTo(plural);
        assertThat(info.subresource()).isEqualTo(text(subresource));
        assertThat(info.name()).isEqualTo(text(name));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    @ParameterizedTest
    @CsvSource({"/healthz", "/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/openapi/v3/apis/apps/v1"})
    void otherPathsAreNoResources(String path) {
        assertThat(RequestParser.parse("GET", path, new RequestParser.Selection(false, "")).resource()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true,metadata.name=x,watch,x", "false,'status.phase=Running,metadata.name=x',list,x",
            "true,'',watch,''"})
    void queriesDecideOnWatchAndName(boolean watch, String selector, String verb, String name) {
        RequestInfo info = RequestParser.parse("GET", "/api/v1/namespaces/n/pods",
                new RequestParser.Selection(watch, selector));
        assertThat(info.verb()).isEqualTo(verb);
        assertThat(info.name()).isEqualTo(name);
    }
}
