// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.util.Collection;
import java.util.Set;
import io.github.grokvideo.component.provider.answers.SafeText;

/** Formats a user's value for messages: short, no prompt, no signed URL. */
final class Shown {

    private static final int LONGEST = 80;
    /** Prompts and identities must not appear in logs. */
    private static final Set<String> PRIVATE = Set.of("prompt", "negativePrompt", "user");

    private Shown() {
    }

    static String value(String field, Object value) {
        if (PRIVATE.contains(field)) {
            String text = value.toString();
            return text.codePointCount(0, text.length()) + " characters";
        }
        if (value instanceof Collection<?> many) {
            return many.size() + " " + field;
        }
        return SafeText.clean(value.toString(), LONGEST);
    }
}
