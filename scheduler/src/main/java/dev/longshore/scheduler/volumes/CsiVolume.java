package dev.longshore.scheduler.volumes;

/** A volume as its driver knows it; two names of one volume have one handle. */
public record CsiVolume(String driver, String handle) {}
