/** Table tests of quantities, times, selectors and names. */
package dev.longshore.api.values;
