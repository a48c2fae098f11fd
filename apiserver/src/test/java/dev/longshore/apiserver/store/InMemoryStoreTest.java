package dev.longshore.apiserver.store;

class InMemoryStoreTest extends StoreContract {
    @Override
    protected Store open() {
        return new InMemoryStore(system.environment());
    }
}
