package dev.longshore.agent.images;

/** How the name of an image is completed. */
public final class ImageName {
    private ImageName() {
    }

    /** The name with {@code :latest} where it has neither a tag nor a digest. */
    public static String withTag(String name) {
        boolean tagged = name.lastIndexOf(':') > name.lastIndexOf('/') || name.contains("@");
        return tagged ? name : name + ":latest";
    }

    /** Whether it can be a name at all: no blanks, no upper-case letters in front of the tag, no empty part. */
    public static boolean valid(String name) {
        String path = name.split("@", 2)[0];
        int colon = path.lastIndexOf(':');
        String repository = colon > path.lastIndexOf('/') ? path.substring(0, colon) : path;
        int slash = repository.indexOf('/');
        String checked = slash > 0 ? repository.substring(slash + 1) : repository;
        return !name.isBlank() && name.chars().noneMatch(Character::isWhitespace)
                && checked.matches("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
    }
}
