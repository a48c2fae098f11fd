package dev.longshore.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** What a YAML scalar is in JSON, by the core schema of YAML 1.2 and the base-2 and underscore-free numbers of it. */
final class YamlScalars {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final String TAG_PREFIX = "tag:yaml.org,2002:";
    private static final int OCTAL_RADIX = 8;
    private static final int HEX_RADIX = 16;
    /** Beyond this exponent a number keeps its exponent in JSON. */
    private static final int MAX_PLAIN_EXPONENT = 20;

    private YamlScalars() {
    }

    static boolean isNull(ScalarEvent scalar) {
        return isPlain(scalar) && NULLS.contains(scalar.getValue());
    }

    /** Whether text without quotes would be read as something else than this string. */
    static boolean looksTyped(String text) {
        return NULLS.contains(text) || TRUE.contains(text) || FALSE.contains(text) || isNumber(text);
    }

    private static boolean isNumber(String text) {
        return text.length() <= JsonCodec.MAX_NUMBER_LENGTH && (INTEGER.matcher(text).matches()
                || OCTAL.matcher(text).matches() || HEX.matcher(text).matches() || FLOAT.matcher(text).matches());
    }

    static void write(ScalarEvent scalar, JsonGenerator json) throws IOException {
        String text = scalar.getValue();
        if (!isPlain(scalar)) {
            json.writeString(text);
        } else if (NULLS.contains(text)) {
            json.writeNull();
        } else if (TRUE.contains(text) || FALSE.contains(text)) {
            json.writeBoolean(TRUE.contains(text));
        } else if (isNumber(text)) {
            json.writeNumber(number(text));
        } else {
            json.writeString(text);
        }
    }

    /** Plain scalars have the type that their text suggests; a tag may say otherwise. */
    private static boolean isPlain(ScalarEvent scalar) {
        String tag = scalar.getTag().orElse("");
        if (tag.isEmpty()) {
            return scalar.isPlain();
        }
        return switch (tag.startsWith(TAG_PREFIX) ? tag.substring(TAG_PREFIX.length()) : tag) {
            case "str", "!" -> false;
            case "int", "float", "bool", "null" -> true;
            default -> throw new DecodeException("", "the YAML tag \"" + tag + "\" is not supported");
        };
    }

    private static String number(String text) {
        if (INTEGER.matcher(text).matches()) {
            return new BigInteger(text).toString();
        }
        if (OCTAL.matcher(text).matches()) {
            return new BigInteger(text.substring(2), OCTAL_RADIX).toString();
        }
        if (HEX.matcher(text).matches()) {
            return new BigInteger(text.substring(2), HEX_RADIX).toString();
        }
        try {
            BigDecimal number = new BigDecimal(text).stripTrailingZeros();
            return Math.abs(number.scale()) <= MAX_PLAIN_EXPONENT ? number.toPlainString() : number.toString();
        } catch (NumberFormatException e) {
            throw new DecodeException("", "the number " + text + " is out of range");
        }
    }
}
