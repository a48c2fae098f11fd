/**
 * The OpenAPI documents that kubectl reads before it validates, diffs and explains. Entry class:
 * {@link dev.longshore.apiserver.openapi.OpenApi}.
 *
 * <p>Everything is derived from the messages' descriptors and options; documents are made when first asked for. Any
 * thread. The package does not know HTTP beyond media types.
 */
package dev.longshore.apiserver.openapi;
