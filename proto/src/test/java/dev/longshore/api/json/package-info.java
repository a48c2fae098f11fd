/** Tests of the JSON and YAML codec, and the wire equality of every message. */
package dev.longshore.api.json;
