/**
 * Benchmarks: what a part does per second, and how that compares with a plain way of doing the same in the same run.
 * The entry is {@link dev.longshore.bench.BenchMain}; everything runs on its thread. Nothing else may use this package.
 */
package dev.longshore.bench;
