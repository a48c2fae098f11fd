/** Plays the recorded decisions of kube-scheduler against the rules here; skipped where the recording is absent. */
package dev.longshore.scheduler.replay;
