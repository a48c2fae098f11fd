/**
 * {@link dev.longshore.client.fake.FakeApiClient}: an API in memory, for tests of whatever speaks
 * {@link dev.longshore.client.ApiClient}. It keeps the contract's rules on versions, conflicts, finalizers and graceful
 * deletion; it validates nothing and sets no defaults. Calls are safe from any thread; watches are delivered inside the
 * writing call. It must not know the API server.
 */
package dev.longshore.client.fake;
