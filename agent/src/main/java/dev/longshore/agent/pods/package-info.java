/**
 * Runs the pods of this node: {@link dev.longshore.agent.pods.PodWorkers} keeps one worker per pod uid,
 * {@link dev.longshore.agent.pods.PodPlan} decides a pod's next step from a snapshot, and
 * {@link dev.longshore.agent.pods.PodOperations} carries the step out.
 *
 * <p>The workers' state belongs to the loop given to {@code PodWorkers}; operations run on task threads, at most one
 * per
 * pod, and report back to the loop. The package must not know how containers are made real (that is
 * {@code runtime}) nor how the API is reached.
 */
package dev.longshore.agent.pods;
