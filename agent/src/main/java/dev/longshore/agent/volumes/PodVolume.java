package dev.longshore.agent.volumes;

import dev.longshore.agent.env.DownwardFields;
import dev.longshore.api.core.v1.Volume;
import java.io.IOException;
import java.nio.file.Path;

/** One kind of volume. Every call may be repeated. */
interface PodVolume {
    /** Whether the volume is of this kind. */
    boolean handles(Volume volume);

    /**
     * Makes the volume ready, or brings its content up to date.
     *
     * @param directory where the volume may keep its files; not made yet
     * @return what containers mount
     */
    Path prepare(DownwardFields fields, Volume volume, Path directory) throws IOException, InterruptedException;

    /** Whether the content follows objects of the API, so that {@link #prepare} is called again from time to time. */
    boolean refreshed();

    /** Releases what removing the files would not. */
    default void release(Path directory) throws IOException, InterruptedException {
    }
}
