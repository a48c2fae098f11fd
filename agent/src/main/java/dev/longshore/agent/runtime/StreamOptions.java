package dev.longshore.agent.runtime;

/** Which streams of a command the caller wants. With a terminal there is no separate stderr. */
public record StreamOptions(boolean stdin, boolean stdout, boolean stderr, boolean tty) {}
