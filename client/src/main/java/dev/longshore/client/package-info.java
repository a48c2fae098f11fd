/**
 * The cluster as every component sees it. Entry class: {@link dev.longshore.client.ApiClient}, the one way to objects;
 * the records beside it are what its calls take and answer.
 *
 * <p>Calls block and belong on task threads. A watch calls its listener on one thread at a time, which must not be held
 * up. Nothing here knows whether the API server is in this process, across gRPC, or a fake.
 */
package dev.longshore.client;
