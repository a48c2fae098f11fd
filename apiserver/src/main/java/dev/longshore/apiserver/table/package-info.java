/**
 * Objects as tables, the form in which {@code kubectl get} asks for them: meta.k8s.io/v1 Table.
 *
 * <p>Entry class: {@link dev.longshore.apiserver.table.Tables}. Pure functions of objects and a time, on any thread.
 * The
 * package knows the fields of kinds, but no store and no HTTP. A new table is one printer and one line in
 * {@link dev.longshore.apiserver.table.Printers}.
 */
package dev.longshore.apiserver.table;
