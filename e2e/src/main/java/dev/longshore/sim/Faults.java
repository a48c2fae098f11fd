package dev.longshore.sim;

import dev.longshore.api.ApiException;
import dev.longshore.api.Reason;
import dev.longshore.api.ResourceType;

/** Decides which calls and events go wrong, until it is told to let everything pass. */
final class Faults {
    private static final int FASTEST_MICROS = 200;
    private static final int FAST_MICROS = 5_000;

    private final FaultRates rates;
    private final SimRandom random;
    private final SimLog log;
    private boolean active;

    Faults(FaultRates rates, SimRandom random, SimLog log, boolean active) {
        this.rates = rates;
        this.random = random;
        this.log = log;
        this.active = active;
    }

    boolean active() {
        return active;
    }

    void stop() {
        active = false;
        log.add("faults end");
    }

    SimRandom random() {
        return random;
    }

    /** Before a call: fails it, having done nothing. */
    void beforeCall(String process, String call) {
        if (hit(rates.failBefore())) {
            log.add(process + " " + call + " unavailable");
            throw ApiException.of(Reason.SERVICE_UNAVAILABLE, "simulated: nothing was done");
        }
    }

    void conflict(String process, String call, ResourceType<?> type, String name) {
        if (hit(rates.conflict())) {
            log.add(process + " " + call + " conflict");
            throw ApiException.modified(type, name);
        }
    }

    /** After a write: the process dies, or the answer is lost. */
    void afterWrite(SimProcess process, String call) {
        if (hit(rates.crashAfterWrite())) {
            log.add(process.name() + " " + call + " crash");
            throw process.crash();
        }
        if (hit(rates.failAfter())) {
            log.add(process.name() + " " + call + " answer lost");
            throw ApiException.of(Reason.TIMEOUT, "simulated: it was done");
        }
    }

    boolean repeatsEvent() {
        return hit(rates.repeatEvent());
    }

    boolean endsWatch() {
        return hit(rates.endWatch());
    }

    boolean expiresWatch() {
        return hit(rates.expireWatch());
    }

    /** How long an event is under way, in microseconds. */
    long eventMicros() {
        return hit(rates.slowEvent())
                ? random.between(FAST_MICROS, rates.slowMillis() * 1_000L)
                : random.between(FASTEST_MICROS, FAST_MICROS);
    }

    private boolean hit(double probability) {
        return active && random.hit(probability);
    }
}
