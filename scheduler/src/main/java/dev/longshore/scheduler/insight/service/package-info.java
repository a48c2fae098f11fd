/**
 * Insight as a gRPC service. {@link dev.longshore.scheduler.insight.service.InsightService} is the entry: it reads the
 * cluster at one moment, turns objects of the API into what the package above asks for, and its answers into messages.
 * Calls run on gRPC's tasks, each with a view of its own, and may block. The package must not know where the objects
 * come from, nor who calls: the edge has asked whether that one may.
 */
package dev.longshore.scheduler.insight.service;
