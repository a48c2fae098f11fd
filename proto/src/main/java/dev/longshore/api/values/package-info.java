/**
 * Small values that the Kubernetes API writes as text, and the rules for names: quantities, times, durations,
 * int-or-string, label and field selectors.
 *
 * <p>Entry classes: {@link dev.longshore.api.values.Quantities}, {@link dev.longshore.api.values.Times},
 * {@link dev.longshore.api.values.LabelSelectors}, {@link dev.longshore.api.values.Names}. Pure functions and immutable
 * records, any thread. The package knows no kinds.
 */
package dev.longshore.api.values;
