package dev.longshore.apiserver;

import dev.longshore.client.ApiClient;

final class LocalApiClientContractTest extends ServedApiClientContract {
    @Override
    ApiClient client() {
        return fixture.admin();
    }
}
