// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import com.fasterxml.jackson.databind.JsonNode;

/** Finds the video's URL in a task: where the gateway documents it, and where relays put it. */
final class VideoUrls {

    /** Longer ones are no URLs: servers take 8 to 16 KiB. In characters. */
    private static final int LONGEST = 32_768;
    /** What is there can only be the video that was made. */
    private static final List<String> NAMED = List.of(
            "/response/video", "/response/video_url", "/output/video_urls/0", "/output/urls/0", "/output/url", "/output/video_url",
            "/output/video", "/output", "/result/data/0/url", "/result/video_url", "/result/video", "/result_url", "/unsigned_urls/0",
            "/content/video_url", "/video/file_output/public_url");
    /** What is there may be the video of the request, where answers repeat it. */
    private static final List<String> NAMED_AS_IN_REQUESTS = List.of(
            "/video/url", "/video", "/video_url", "/videoUrl", "/video_urls/0", "/videos/0", "/data/video_url");
    /** What is there is the video where the task is done; else it may be the task's own address. */
    private static final List<String> UNNAMED = List.of(
            "/result/url", "/response/url", "/metadata/url", "/data/0/url", "/data/url", "/urls/0", "/download_url", "/file_url", "/url");
    private static final Pattern HTTP = Pattern.compile("(?i)https?:.*", Pattern.DOTALL);
    /** Relative to the base URL: what looks like a path, and no placeholder such as "pending" or "N/A". */
    private static final Pattern RELATIVE = Pattern.compile(
            "(?is)(?:/|\\./|\\.\\./|\\?).+|[^:?#]+\\.(?:mp4|m4v|mov|webm)(?:[?#].*)?");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?is)[a-z][a-z0-9+.-]*:\\S.*");
    private static final Pattern BLANK_ENDS = Pattern.compile("^[\\s\\p{Cc}\\p{Cf}]+|[\\s\\p{Cc}\\p{Cf}]+$");

    private VideoUrls() {
    }

    /**
     * Whether there is one that needs no status word beside it to be the video.
     *
     * @param elsewhere as for {@link #find}
     */
    static boolean isIn(JsonNode task, List<String> documented, boolean elsewhere) {
        return Stream.of(documented, NAMED, elsewhere ? NAMED_AS_IN_REQUESTS : List.<String>of())
                .map(pointers -> first(task, pointers, true)).anyMatch(url -> url != null && HTTP.matcher(url).matches());
    }

    /**
     * @param  task       that is done
     * @param  documented where the gateway puts it, as JSON pointers; the first usable one wins
     * @param  elsewhere  whether also to look where the answer may have the video of the request, or the task's own address
     * @return            as the gateway wrote it, perhaps relative to the base URL, perhaps with characters no URL has; null = none
     */
    static String find(JsonNode task, List<String> documented, boolean elsewhere) {
        Stream<List<String>> places = elsewhere ? Stream.of(documented, NAMED, NAMED_AS_IN_REQUESTS, UNNAMED)
                : Stream.of(documented, NAMED);
        return places.map(pointers -> first(task, pointers, true)).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** @return a text where the URL should be that is an address of another kind; null = none */
    static String unusable(JsonNode task, List<String> documented) {
        return Stream.of(documented, NAMED, NAMED_AS_IN_REQUESTS, UNNAMED).map(pointers -> first(task, pointers, false))
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String first(JsonNode task, List<String> pointers, boolean usable) {
        for (String pointer : pointers) {
            String text = text(Lenient.at(task, pointer));
            if (text != null && (usable ? isUsable(text) : !isUsable(text) && OTHER_SCHEME.matcher(text).matches())) {
                return text;
            }
        }
        return null;
    }

    private static boolean isUsable(String text) {
        return HTTP.matcher(text).matches() || RELATIVE.matcher(text).matches();
    }

    /** @return null = no text, or none of a URL's length */
    private static String text(JsonNode node) {
        JsonNode one = node.isArray() ? node.path(0) : node;
        JsonNode value = one.isObject() ? one.path("url") : one;
        if (!value.isTextual() || value.asText().length() > LONGEST) {
            return null;
        }
        String text = BLANK_ENDS.matcher(value.asText()).replaceAll("");
        return text.isEmpty() ? null : text;
    }
}
