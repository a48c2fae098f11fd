/**
 * What components do with directories and Java does not: {@link dev.longshore.common.files.FileTree}. No thread, no state.
 * The package must not know what the files are for.
 */
package dev.longshore.common.files;
