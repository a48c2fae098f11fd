package dev.longshore.agent.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the bytes of a query into the bytes of its answer. */
final class Responder {
    private final ClusterZone zone;
    private final ClusterNames names;
    private final Forwarder forwarder;

    Responder(ClusterZone zone, ClusterNames names, Forwarder forwarder) {
        this.zone = zone;
        this.names = names;
        this.forwarder = forwarder;
    }

    /** What to do with a query. */
    sealed interface Step {
        record Reply(byte[] bytes) implements Step {}

        /** Others have to be asked, which takes a while: {@link #finish}. */
        record Ask(DnsMessage query, Answer answer) implements Step {}

        /** Not a query: an answer could start an endless exchange. */
        record Ignore() implements Step {}
    }

    /** Decides without waiting. */
    Step begin(byte[] bytes) {
        Optional<DnsMessage> parsed = DnsMessage.parse(bytes);
        if (parsed.isEmpty()) {
            return DnsMessage.isQuery(bytes)
                    ? new Step.Reply(DnsMessage.bare(bytes, DnsMessage.opcode(bytes) == 0
                            ? DnsMessage.FORMAT_ERROR
                            : DnsMessage.NOT_IMPLEMENTED))
                    : new Step.Ignore();
        }
        DnsMessage query = parsed.get();
        Answer answer = zone.answer(query.question());
        return switch (answer) {
            case Answer.NotOurs _,Answer.Elsewhere _ -> new Step.Ask(query, answer);
            case Answer.Found(List<DnsRecord> records, List<DnsRecord> additional) -> new Step.Reply(
                    DnsResponse.of(query, DnsMessage.NO_ERROR, records, List.of(), additional));
            case Answer.NoData _ -> negative(query, DnsMessage.NO_ERROR);
            case Answer.NoSuchName _ -> negative(query, DnsMessage.NAME_ERROR);
        };
    }

    /** Before the cluster's objects are known, "no such name" could be wrong and be remembered. */
    private Step negative(DnsMessage query, int code) {
        return names.known()
                ? new Step.Reply(DnsResponse.of(query, code, List.of(),
                        List.of(new DnsRecord.Authority(zone.zone())), List.of()))
                : new Step.Reply(failure(query));
    }

    /** Asks others and waits for them. */
    byte[] finish(Step.Ask step, boolean stream) {
        return switch (step.answer()) {
            case Answer.Elsewhere(String name, String target) -> alias(step.query(), name, target);
            case Answer.NotOurs _,Answer.Found _,Answer.NoData _,Answer.NoSuchName _ ->
                forwarder.ask(step.query(), stream).orElseGet(() -> failure(step.query()));
        };
    }

    /** The alias and, where others tell them, the addresses behind it. */
    private byte[] alias(DnsMessage query, String name, String target) {
        List<DnsRecord> records = new ArrayList<>();
        records.add(new DnsRecord.Alias(name, target));
        if (query.question().type() == Question.A || query.question().type() == Question.AAAA) {
            AliasTarget.question(query, target).flatMap(asked -> forwarder.ask(asked, false)
                    .map(answer -> AliasTarget.addresses(asked, answer, target))).ifPresent(records::addAll);
        }
        return DnsResponse.of(query, DnsMessage.NO_ERROR, records, List.of(), List.of());
    }

    static byte[] failure(DnsMessage query) {
        return DnsResponse.of(query, DnsMessage.SERVER_FAILURE, List.of(), List.of(), List.of());
    }
}
