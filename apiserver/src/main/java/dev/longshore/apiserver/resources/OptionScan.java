package dev.longshore.apiserver.resources;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.WireFormat;
import dev.longshore.apiserver.resources.OptionRules.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells from an object's encoding whether {@link OptionRules} find nothing wrong. Nearly every object is valid, and a
 * pass over the fields that are there takes a fraction of the time of asking by reflection for each that could be.
 */
final class OptionScan {
    private static final Map<Descriptor, OptionScan> SCANS = new ConcurrentHashMap<>();

    /** By number of the field; null where there is nothing to check. */
    private final Check[] checks;
    private final int required;

    private OptionScan(List<Check> all) {
        checks = new Check[1 + all.stream().mapToInt(check -> check.field().getNumber()).max().orElse(0)];
        all.forEach(check -> checks[check.field().getNumber()] = check);
        required = (int) all.stream().filter(Check::required).count();
    }

    private static OptionScan of(Descriptor type) {
        OptionScan known = SCANS.get(type);
        return known != null ? known : SCANS.computeIfAbsent(type, _ -> new OptionScan(OptionRules.checks(type)));
    }

    /** @param top whether it is an object, and no part of one */
    static boolean isValid(Message message, boolean top) {
        try {
            return of(message.getDescriptorForType()).isValid(message.toByteString().newCodedInput(), top);
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory failed", e);
        }
    }

    /** All up to the current limit. Fields come in the order of their numbers: the encoding was made here. */
    private boolean isValid(CodedInputStream in, boolean top) throws IOException {
        int missing = required;
        int last = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int number = WireFormat.getTagFieldNumber(tag);
            Check check = number < checks.length ? checks[number] : null;
            if (check == null || top && check.isLeftOut()) {
                in.skipField(tag);
            } else if (!isValid(check, in, tag)) {
                return false;
            } else if (check.required() && number != last) {
                missing--;
            }
            last = number;
        }
        return missing == 0;
    }

    private static boolean isValid(Check check, CodedInputStream in, int tag) throws IOException {
        FieldDescriptor field = check.field();
        if (MessageFields.leadsDeeper(field)) {
            int limit = in.pushLimit(in.readRawVarint32());
            boolean valid = of(field.getMessageType()).isValid(in, false);
            in.popLimit(limit);
            return valid;
        }
        if (field.isRepeated()) {
            return in.skipField(tag);
        }
        String text = in.readString();
        return text.isEmpty() ? !check.required() : check.allowed().isEmpty() || check.allowed().contains(text);
    }
}
