package dev.longshore.apiserver.registry;

import dev.longshore.apiserver.auth.User;
import java.util.function.Consumer;

/**
 * What a writing request carries besides its object.
 *
 * @param fieldManager the name under which fields are owned; never empty
 * @param dryRun       everything happens but the write
 * @param warnings     takes the texts of {@code Warning} headers, in order
 * @param strict       fieldValidation=Strict: unknown fields in a patch are errors, else they are warnings
 */
public record WriteContext(User user, String fieldManager, boolean dryRun, boolean strict, Consumer<String> warnings) {}
