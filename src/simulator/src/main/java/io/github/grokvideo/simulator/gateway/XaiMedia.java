// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.SimulatedJob;

/** The media of requests to xAI: objects with a URL, a data URI, the id of a file, or the name of a voice. */
final class XaiMedia {

    private static final int MAX_KEYFRAMES = 4;
    private static final int SLOTS_PER_SECOND = 3;

    private final FrontDesk desk;
    private final XaiFiles files;

    XaiMedia(FrontDesk desk, XaiFiles files) {
        this.desk = desk;
        this.files = files;
    }

    /** How many images that field holds: 0 or 1. */
    int image(Fields fields, String name) {
        if (!fields.has(name)) {
            return 0;
        }
        source(fields, name, fields.raw(name));
        return 1;
    }

    /** How many entries that list has. */
    int list(Fields fields, String name, int max) {
        if (!fields.has(name)) {
            return 0;
        }
        JsonNode array = fields.raw(name);
        if (!array.isArray() || array.size() > max) {
            throw fields.invalid(name, "must be an array of at most " + max);
        }
        array.forEach(entry -> source(fields, name, entry));
        return array.size();
    }

    /** How many keyframes there are. Times count in slots of a third of a second. */
    int keyframes(Fields fields, int seconds) {
        if (!fields.has("keyframes")) {
            return 0;
        }
        JsonNode array = fields.raw("keyframes");
        if (!array.isArray() || array.size() > MAX_KEYFRAMES) {
            throw fields.invalid("keyframes", "must be an array of at most " + MAX_KEYFRAMES);
        }
        Set<Long> slots = new HashSet<>();
        for (JsonNode keyframe : array) {
            if (!keyframe.isObject() || keyframe.size() != 2 || !keyframe.path("timestamp_s").isNumber()) {
                throw new GatewayRefusal(Trouble.UNPROCESSABLE, "keyframes: entries must be objects with image and timestamp_s");
            }
            source(fields, "keyframes", keyframe.path("image"));
            double time = keyframe.path("timestamp_s").doubleValue();
            long slot = Math.round(time * SLOTS_PER_SECOND);
            if (slot <= 0 || slot >= (long) seconds * SLOTS_PER_SECOND) {
                throw fields.invalid("keyframes", "timestamp_s " + time + " is not inside the clip");
            }
            if (!slots.add(slot)) {
                throw fields.invalid("keyframes", "timestamp_s " + time + " falls into the slot of another keyframe");
            }
        }
        return array.size();
    }

    /** The job whose video is to be edited or extended; empty if it is not the simulator's own. */
    Optional<SimulatedJob> video(Fields fields) {
        fields.require("video");
        String value = source(fields, "video", fields.raw("video"));
        return fields.raw("video").has("file_id") ? XaiStorage.behind(value, desk) : desk.behind(value);
    }

    /** One of url (or its alias image_url), file_id and voice_id; returns it. */
    private String source(Fields fields, String name, JsonNode media) {
        if (!media.isObject() || media.size() != 1) {
            throw new GatewayRefusal(Trouble.UNPROCESSABLE, name + ": must be an object with either url or file_id");
        }
        String kind = media.fieldNames().next();
        String value = media.path(kind).asText("");
        boolean audio = name.equals("reference_audios");
        boolean good = switch (kind) {
            case "url" -> !audio && (name.equals("video")
                    ? value.startsWith("data:video/") || value.matches("https?://[^?#]+\\.mp4([?#].*)?")
                    : value.matches("(?i)(https?://|data:image/).+"));
            case "image_url" -> !audio && !name.equals("video") && value.matches("(?i)(https?://|data:image/).+");
            case "file_id" -> !audio && (files.knows(value) || XaiStorage.behind(value, desk).isPresent());
            case "voice_id" -> audio && !value.isBlank();
            default -> false;
        };
        if (!media.path(kind).isTextual() || !good) {
            throw fields.invalid(name, audio && kind.equals("url")
                    ? "custom audio is for trusted partners" : "not an accepted " + kind);
        }
        return value;
    }
}
