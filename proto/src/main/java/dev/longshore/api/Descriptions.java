package dev.longshore.api;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What messages and fields of the API mean, in words for the user: the comments of the {@code .proto} files, which
 * the build
 * puts beside the classes. Read once, when first asked for.
 */
public final class Descriptions {
    private static final String RESOURCE = "descriptors.binpb";
    /** Depth of a location of a top-level message, and of a field of one: pairs of field number and index. */
    private static final int MESSAGE_DEPTH = 2;
    private static final int FIELD_DEPTH = 4;

    private Descriptions() {
    }

    /** Empty for a message without a comment. */
    public static Optional<String> of(Descriptor message) {
        return Optional.ofNullable(Texts.BY_NAME.get(message.getFullName()));
    }

    /** Empty for a field without a comment. */
    public static Optional<String> of(FieldDescriptor field) {
        return Optional.ofNullable(Texts.BY_NAME.get(field.getFullName()));
    }

    /** Read when first used. */
    private static final class Texts {
        static final Map<String, String> BY_NAME = load();

        private Texts() {
        }

        private static Map<String, String> load() {
            Map<String, String> texts = new HashMap<>();
            try (InputStream in = Descriptions.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException("the build left out " + RESOURCE);
                }
                FileDescriptorSet.parseFrom(in).getFileList().forEach(file -> add(file, texts));
            } catch (IOException e) {
                throw new UncheckedIOException("reading " + RESOURCE, e);
            }
            return Map.copyOf(texts);
        }

        private static void add(FileDescriptorProto file, Map<String, String> texts) {
            for (Location location : file.getSourceCodeInfo().getLocationList()) {
                if (location.hasLeadingComments()) {
                    name(file, location.getPathList())
                            .ifPresent(name -> texts.put(name, oneLine(location.getLeadingComments())));
                }
            }
        }

        private static Optional<String> name(FileDescriptorProto file, List<Integer> path) {
            if (path.getFirst() != FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER) {
                return Optional.empty();
            }
            DescriptorProto message = file.getMessageType(path.get(1));
            String messageName = file.getPackage() + "." + message.getName();
            if (path.size() == MESSAGE_DEPTH) {
                return Optional.of(messageName);
            }
            boolean field = path.size() == FIELD_DEPTH && path.get(2) == DescriptorProto.FIELD_FIELD_NUMBER;
            return field ? Optional.of(messageName + "." + message.getField(path.get(3)).getName()) : Optional.empty();
        }

        private static String oneLine(String comment) {
            return comment.strip().replaceAll("\\s*\\n\\s*", " ");
        }
    }
}
