package dev.longshore.agent.env;

import java.util.Map;

/**
 * Replaces {@code $(NAME)} by the value of NAME. An unknown name stays as written, and {@code $$} stands for one
 * dollar:
 * {@code $$(NAME)} becomes {@code $(NAME)} (Kubernetes API, core/v1 EnvVar.value).
 */
public final class EnvExpander {
    private EnvExpander() {
    }

    public static String expand(String text, Map<String, String> values) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            int end = next == '(' ? text.indexOf(')', at) : -1;
            if (c == '$' && next == '$') {
                result.append('$');
                at += 2;
            } else if (c == '$' && end > 0) {
                String name = text.substring(at + 2, end);
                result.append(values.getOrDefault(name, text.substring(at, end + 1)));
                at = end + 1;
            } else {
                result.append(c);
                at++;
            }
        }
        return result.toString();
    }
}
