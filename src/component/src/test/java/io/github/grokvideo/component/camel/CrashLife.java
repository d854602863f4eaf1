// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A job's life that ends at each of its points, what of it is judged, and how it must end. */
enum CrashLife {
    ATTACHED("xai", true, "[[render=0s]] [[fault:unknown-status]] [[fault:download-reset]]", null, "mp4"),
    DETACHED("xai", false, "[[render=0s]] [[fault:unknown-status]] [[fault:download-reset]]", null, "mp4"),
    /** The gateway is asked about the job whose answer was lost. */
    ATTACHED_LOOKED_UP("toapis", true, "[[render=0s]] [[fault:reset-after-create]]", null, "mp4"),
    DETACHED_LOOKED_UP("toapis", false, "[[render=0s]] [[fault:reset-after-create]]", null, "mp4"),
    /** A status query is two calls. */
    TWO_CALLS("fal", true, "[[render=0s]]", "after (http (poll|result) #1|store update (ACCEPTED|RUNNING).* > RENDERED/.*)", "mp4"),
    /** The gateway is asked to stop a job that would not end by itself. */
    CANCELLED("fal", false, "[[queue=0s]] [[render=1h]]", ".* (http cancel #1|store update [A-Z]+/DETACHED > CANCELLED/.*)", "CANCELLED"),
    /** The first account has no credit, the second one takes the job. */
    FAILED_OVER("xai", true, "[[render=0s]]", null, "mp4"),
    /** Nothing but a webhook notice makes the gateway be asked. */
    NOTIFIED("openrouter", true, "[[render=300ms]]", ".* notice #1|before http poll #1", "mp4"),
    /** An image is uploaded in two steps, and deleted after the job's end; the gateway keeps the video as a file. */
    UPLOADED("xai", true, "[[render=0s]]", "after (http (upload|place) #1|store update SUBMITTING.* > ACCEPTED/.*)"
            + "|before store update (ACCEPTED|RUNNING).* > RENDERED/.*|.* http delete #1", "mp4"),
    /** The gateway puts the video elsewhere: it is done without a URL. */
    PUT_ELSEWHERE("xai", false, "[[render=0s]]",
            ".* store update .* > RENDERED/OFFERED #1|after store update .* > DELIVERED/.*", "elsewhere");

    private static final String SENT = "after http submit #1";

    private final String provider;
    private final boolean attached;
    private final String directives;
    private final Pattern judged;
    private final String ending;

    /** @param judged pattern of the points that are judged; null = as {@link #judged} says */
    CrashLife(String provider, boolean attached, String directives, String judged, String ending) {
        this.provider = provider;
        this.attached = attached;
        this.directives = directives;
        this.judged = judged == null ? null : Pattern.compile(judged);
        this.ending = ending;
    }

    String provider() {
        return provider;
    }

    boolean isAttached() {
        return attached;
    }

    /** Instructions to the simulator in the prompt. */
    String directives() {
        return directives;
    }

    /** Headers of the message, besides those of every message. */
    Map<String, Object> headers(Path folder, String places) {
        return switch (this) {
            case UPLOADED -> Map.of("CamelGrokVideoImages", folder.resolve("cat.png").toFile(), "CamelGrokVideoStorage", "cat.mp4");
            case PUT_ELSEWHERE -> Map.of("CamelGrokVideoUploadUrl", places + "/places/" + folder.getFileName() + "?signature=s3cret");
            default -> Map.of();
        };
    }

    /** Whether a process has passed all the points that there are. */
    boolean isWhole(List<String> passed) {
        String end = "> " + (this == CANCELLED ? "CANCELLED/" : "DELIVERED/") + (attached ? "ATTACHED" : "ACKNOWLEDGED") + " #1";
        return passed.stream().anyMatch(point -> point.startsWith("after ") && point.endsWith(end))
                && (this != UPLOADED || passed.contains("after http delete #1"));
    }

    /** @return the points to end at, of those of a whole life; they may be patterns */
    List<String> judged(List<String> points) {
        if (judged != null) {
            // Whether the gateway was asked while it was still at work is a matter of time.
            return points.stream().filter(point -> judged.matcher(point).matches())
                    .map(point -> point.replaceFirst("(ACCEPTED|RUNNING)(/[A-Z]+ > )(?!ACCEPTED|RUNNING)", "(ACCEPTED|RUNNING)$2"))
                    .toList();
        }
        if (this == FAILED_OVER) {
            return points.subList(0, points.indexOf("after " + accepted()) + 1);
        }
        // The rest is the same as at a gateway that answers; and one that has nothing would be asked for two minutes.
        return provider.equals("xai") ? points
                : points.subList(points.indexOf(SENT), points.indexOf("after " + accepted()) + 1);
    }

    /** @return points without which a test would say nothing */
    List<String> expected() {
        return switch (this) {
            case TWO_CALLS -> List.of("after http poll #1", "after http result #1");
            case FAILED_OVER -> List.of(SENT, "after " + rejected(), "after http submit #2", "after " + accepted());
            case CANCELLED -> List.of("before http cancel #1", "after http cancel #1");
            case NOTIFIED -> List.of("before notice #1", "after notice #1", "before http poll #1");
            case UPLOADED -> List.of("after http upload #1", "after http place #1", "before http delete #1", "after http delete #1");
            case PUT_ELSEWHERE -> List.of("before store update (ACCEPTED|RUNNING)/DETACHED > RENDERED/OFFERED #1",
                    "after store update (ACCEPTED|RUNNING)/DETACHED > RENDERED/OFFERED #1");
            default -> List.of(SENT, "after " + accepted());
        };
    }

    /** @return the name of the one file in the outbox, after its dot */
    String ending(List<String> points, int number) {
        return mayBeInDoubt(points, number) ? "SUBMIT_UNKNOWN" : ending;
    }

    /** From the row that says that the POST begins until the row that has its task id; a gateway that can be asked leaves no doubt. */
    private boolean mayBeInDoubt(List<String> points, int number) {
        if (this == FAILED_OVER) {
            return isBetween(points, number, submitting(1), rejected()) || isBetween(points, number, submitting(2), accepted());
        }
        return judged == null && provider.equals("xai") && isBetween(points, number, submitting(1), accepted());
    }

    private static boolean isBetween(List<String> points, int number, String begin, String end) {
        return number >= points.indexOf("after " + begin) && number <= points.indexOf("before " + end);
    }

    private String delivery() {
        return attached ? "ATTACHED" : "DETACHED";
    }

    private String submitting(int count) {
        return "store update NEW/" + delivery() + " > SUBMITTING/" + delivery() + " #" + count;
    }

    private String rejected() {
        return "store update SUBMITTING/" + delivery() + " > REJECTED/" + delivery() + " #1";
    }

    private String accepted() {
        return "store update SUBMITTING/" + delivery() + " > ACCEPTED/" + delivery() + " #1";
    }
}
