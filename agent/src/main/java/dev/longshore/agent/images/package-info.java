/**
 * Images on this machine: when to pull, how long to wait after a failure
 * ({@link dev.longshore.agent.images.ImageDecision}), and images that are made or loaded without a registry
 * ({@link dev.longshore.agent.images.OciImageWriter}, {@link dev.longshore.agent.images.ImageImport}).
 *
 * <p>Nothing here knows pods' life cycles. No thread is owned; calls block.
 */
package dev.longshore.agent.images;
