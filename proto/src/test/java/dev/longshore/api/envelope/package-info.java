/** Tests of the protobuf envelope. */
package dev.longshore.api.envelope;
