/** Tests of what everybody says about API objects. */
package dev.longshore.api;
