package dev.longshore.apiserver.table;

import dev.longshore.api.apps.v1.DaemonSet;
import dev.longshore.api.apps.v1.DaemonSetStatus;
import dev.longshore.api.apps.v1.Deployment;
import dev.longshore.api.apps.v1.DeploymentStatus;
import dev.longshore.api.apps.v1.ReplicaSet;
import dev.longshore.api.apps.v1.StatefulSet;
import dev.longshore.api.batch.v1.CronJob;
import dev.longshore.api.batch.v1.Job;
import dev.longshore.api.batch.v1.JobCondition;
import dev.longshore.api.core.v1.PodTemplateSpec;
import dev.longshore.api.core.v1.ReplicationController;
import dev.longshore.api.meta.v1.ObjectMeta;
import dev.longshore.api.values.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables of what runs pods. */
final class WorkloadPrinters {
    static final Printer<Deployment> DEPLOYMENT = Printer.of(
            "Name, Ready, Up-to-date, Available, Age, Containers*, Images*, Selector*", WorkloadPrinters::row);
    static final Printer<ReplicaSet> REPLICA_SET = Printer.of(
            "Name, Desired#, Current#, Ready#, Age, Containers*, Images*, Selector*", WorkloadPrinters::row);
    static final Printer<ReplicationController> REPLICATION_CONTROLLER = Printer.of(
            "Name, Desired#, Current#, Ready#, Age, Containers*, Images*, Selector*", WorkloadPrinters::row);
    static final Printer<StatefulSet> STATEFUL_SET = Printer.of("Name, Ready, Age, Containers*, Images*",
            WorkloadPrinters::row);
    static final Printer<DaemonSet> DAEMON_SET = Printer.of("Name, Desired#, Current#, Ready#, Up-to-date#,"
            + " Available#, Node Selector, Age, Containers*, Images*, Selector*", WorkloadPrinters::row);
    static final Printer<Job> JOB = Printer.of(
            "Name, Status, Completions, Duration, Age, Containers*, Images*, Selector*", WorkloadPrinters::row);
    static final Printer<CronJob> CRON_JOB = Printer.of("Name, Schedule, Timezone, Suspend?, Active#, Last Schedule,"
            + " Age, Containers*, Images*, Selector*", WorkloadPrinters::row);

    private static final List<String> JOB_STATES = List.of("Complete", "Failed", "Suspended", "FailureTarget",
            "SuccessCriteriaMet");

    private WorkloadPrinters() {
    }

    private static String age(ObjectMeta meta, Instant now) {
        return Ages.since(meta.getCreationTimestamp(), now);
    }

    private static Row row(Deployment object, Instant now) {
        DeploymentStatus status = object.getStatus();
        PodTemplateSpec template = object.getSpec().getTemplate();
        return Row.of(object.getMetadata().getName(),
                status.getReadyReplicas() + "/" + object.getSpec().getReplicas(), status.getUpdatedReplicas(),
                status.getAvailableReplicas(), age(object.getMetadata(), now), Cells.containers(template),
                Cells.images(template), Cells.selector(object.getSpec().getSelector()));
    }

    private static Row row(ReplicaSet object, Instant now) {
        PodTemplateSpec template = object.getSpec().getTemplate();
        return Row.of(object.getMetadata().getName(), object.getSpec().getReplicas(),
                object.getStatus().getReplicas(), object.getStatus().getReadyReplicas(),
                age(object.getMetadata(), now), Cells.containers(template), Cells.images(template),
                Cells.selector(object.getSpec().getSelector()));
    }

    private static Row row(ReplicationController object, Instant now) {
        PodTemplateSpec template = object.getSpec().getTemplate();
        return Row.of(object.getMetadata().getName(), object.getSpec().getReplicas(),
                object.getStatus().getReplicas(), object.getStatus().getReadyReplicas(),
                age(object.getMetadata(), now), Cells.containers(template), Cells.images(template),
                Cells.labels(object.getSpec().getSelectorMap()));
    }

    private static Row row(StatefulSet object, Instant now) {
        PodTemplateSpec template = object.getSpec().getTemplate();
        return Row.of(object.getMetadata().getName(),
                object.getStatus().getReadyReplicas() + "/" + object.getSpec().getReplicas(),
                age(object.getMetadata(), now), Cells.containers(template), Cells.images(template));
    }

    private static Row row(DaemonSet object, Instant now) {
        DaemonSetStatus status = object.getStatus();
        PodTemplateSpec template = object.getSpec().getTemplate();
        return Row.of(object.getMetadata().getName(), status.getDesiredNumberScheduled(),
                status.getCurrentNumberScheduled(), status.getNumberReady(), status.getUpdatedNumberScheduled(),
                status.getNumberAvailable(), Cells.labels(template.getSpec().getNodeSelectorMap()),
                age(object.getMetadata(), now), Cells.containers(template), Cells.images(template),
                Cells.selector(object.getSpec().getSelector()));
    }

    private static Row row(Job job, Instant now) {
        PodTemplateSpec template = job.getSpec().getTemplate();
        return Row.of(job.getMetadata().getName(), status(job), completions(job), duration(job, now),
                age(job.getMetadata(), now), Cells.containers(template), Cells.images(template),
                Cells.selector(job.getSpec().getSelector()));
    }

    private static String status(Job job) {
        List<String> met = job.getStatus().getConditionsList().stream()
                .filter(condition -> condition.getStatus().equals("True")).map(JobCondition::getType).toList();
        return JOB_STATES.stream().filter(met::contains).findFirst()
                .orElse(job.getMetadata().hasDeletionTimestamp() ? "Terminating" : "Running");
    }

    private static String completions(Job job) {
        int succeeded = job.getStatus().getSucceeded();
        if (job.getSpec().hasCompletions()) {
            return succeeded + "/" + job.getSpec().getCompletions();
        }
        int parallelism = job.getSpec().getParallelism();
        return parallelism > 1 ? succeeded + "/1 of " + parallelism : succeeded + "/1";
    }

    private static String duration(Job job, Instant now) {
        Optional<Instant> start = Times.instant(job.getStatus().getStartTime());
        Instant end = Times.instant(job.getStatus().getCompletionTime()).orElse(now);
        return start.map(instant -> Ages.text(Duration.between(instant, end).toSeconds())).orElse("");
    }

    private static Row row(CronJob object, Instant now) {
        PodTemplateSpec template = object.getSpec().getJobTemplate().getSpec().getTemplate();
        String last = object.getStatus().hasLastScheduleTime()
                ? Ages.since(object.getStatus().getLastScheduleTime(), now)
                : Cells.NONE;
        return Row.of(object.getMetadata().getName(), object.getSpec().getSchedule(),
                Cells.orNone(object.getSpec().getTimeZone()), object.getSpec().getSuspend() ? "True" : "False",
                object.getStatus().getActiveCount(), last, age(object.getMetadata(), now),
                Cells.containers(template), Cells.images(template),
                Cells.selector(object.getSpec().getJobTemplate().getSpec().getSelector()));
    }
}
