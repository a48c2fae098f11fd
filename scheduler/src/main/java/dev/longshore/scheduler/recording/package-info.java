/**
 * What the scheduler was given and what it made of it, in a file, and the same decisions made again from that file.
 * {@link dev.longshore.scheduler.recording.FileRecorder} writes it, {@link dev.longshore.scheduler.recording.Replay}
 * reads it into a machine of its own and compares.
 *
 * <p>Owner threads: the scheduler's loop tells a {@link dev.longshore.scheduler.recording.Recorder} and never waits for
 * it; a loop of the recorder's own encodes and writes. The package must not know the API client, files or sockets.
 */
package dev.longshore.scheduler.recording;
