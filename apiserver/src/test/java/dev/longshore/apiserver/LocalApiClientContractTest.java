package dev.longshore.apiserver;

import dev.longshore.client.ApiClient;

final class LocalApiClientContractTest extends ApiClientContract {
    @Override
    ApiClient client() {
        return fixture.admin();
    }
}
