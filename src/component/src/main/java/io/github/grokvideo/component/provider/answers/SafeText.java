// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.SignedUrl;

/** Makes external text safe for messages: short, one line, no signed URL, no key. API for gateways of users. Stateless. */
public final class SafeText {

    /** Characters of a gateway's message that are shown at most. */
    public static final int LONGEST_MESSAGE = 500;

    private static final Pattern FORMATTING = Pattern.compile("\\p{Cf}");
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\s\\u2028\\u2029]+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)[a-z][a-z0-9+.-]{0,15}://[^\\s\"'<>]+|data:[^\\s\"'<>]+,[^\\s\"'<>]*");
    private static final Pattern KEY = Pattern.compile("(?i)\\b(?:sk|rk|xai)[-_][a-z0-9_*-]{6,}|\\bBearer\\s+\\S+");

    private SafeText() {
    }

    /**
     * Cleans a gateway's message.
     *
     * @param  text from a gateway; null = none
     * @return      at most {@link #LONGEST_MESSAGE} characters; null for null or if nothing is left
     */
    public static String message(String text) {
        return clean(text, LONGEST_MESSAGE);
    }

    /**
     * Cleans any text.
     *
     * @param  text    from a gateway or a user; null = none
     * @param  longest characters, at least 4
     * @return         at most {@code longest} characters; null for null or if nothing is left
     */
    public static String clean(String text, int longest) {
        if (text == null) {
            return null;
        }
        // Long texts are cut before the search, with room for what masking removes.
        String shown = text.length() > 4 * longest + 4000 ? text.substring(0, 4 * longest + 4000) : text;
        shown = CONTROL.matcher(FORMATTING.matcher(shown).replaceAll("")).replaceAll(" ");
        shown = ADDRESS.matcher(shown).replaceAll(match -> Matcher.quoteReplacement(SignedUrl.masked(match.group())));
        shown = KEY.matcher(shown).replaceAll("***").strip();
        if (shown.length() > longest) {
            int cut = longest - 3;
            shown = shown.substring(0, Character.isHighSurrogate(shown.charAt(cut - 1)) ? cut - 1 : cut) + "...";
        }
        return shown.isEmpty() ? null : shown;
    }

    /** @return a non-blank string, number or boolean as text, else null */
    static String scalar(JsonNode node) {
        return node == null || !node.isValueNode() || node.isNull() || node.asText().isBlank() ? null : node.asText();
    }
}
