// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.job.SimulatedJob;
import io.github.grokvideo.simulator.video.VideoSpec;

/** The rules of xAI's three endpoints. The mode is derived from the media. */
final class XaiValidation {

    private static final String BASE = "grok-imagine-video";
    /** USD a second by resolution, then USD an input image; the last row is the lite model, of which only "from $0.02" is documented. */
    private static final Map<String, Map<String, String>> PRICES = Map.of(
            BASE, Map.of("480p", "0.05", "720p", "0.07", "image", "0.002"),
            "grok-imagine-video-1.5", Map.of("480p", "0.08", "720p", "0.14", "1080p", "0.25", "image", "0.01"),
            "grok-imagine-video-1.5-lite", Map.of("480p", "0.02", "720p", "0.02", "image", "0"));
    private static final String EDIT_USD_PER_SECOND = "0.06";
    private static final double MAX_EDIT_SECONDS = 8.7;
    /** Assumed length of a source that is not the simulator's own. */
    private static final int UNKNOWN_SECONDS = 6;

    private final FrontDesk desk;
    private final XaiFiles files;

    XaiValidation(FrontDesk desk, XaiFiles files) {
        this.desk = desk;
        this.files = files;
    }

    JobDraft generation(Fields fields) {
        String model = model(fields);
        if (fields.has("duration") && fields.has("seconds") || fields.has("size")) {
            throw new GatewayRefusal(Trouble.UNPROCESSABLE, "Failed to deserialize the JSON body: duplicate or deprecated field");
        }
        fields.only("model", "prompt", "duration", "seconds", "aspect_ratio", "resolution", "image", "reference_images",
                "reference_audios", "generate_audio", "storage_options", "output", "user");
        common(fields);
        fields.bool("generate_audio");
        boolean image = fields.has("image");
        if (image) {
            media(fields, "image");
        }
        int references = list(fields, "reference_images", 7);
        int audios = list(fields, "reference_audios", 3);
        boolean reference = references + audios > 0;
        if (image && reference) {
            throw fields.invalid("image", "cannot be combined with reference_images");
        }
        String prompt = image ? fields.text("prompt", "") : fields.needText("prompt");
        String ratio = fields.choice("aspect_ratio", "16:9", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3");
        String resolution = resolution(fields, model, reference);
        int seconds = fields.looseInteger(fields.has("seconds") ? "seconds" : "duration", 8, 1, 15);
        BigDecimal price = price(model, resolution, seconds)
                .add(new BigDecimal(PRICES.get(family(model)).get("image")).multiply(BigDecimal.valueOf(references + (image ? 1 : 0))));
        String mode = image ? "image-to-video" : reference ? "reference-to-video" : "text-to-video";
        return new JobDraft(model, mode, prompt, null, resolution, ratio, VideoSpec.of(resolution, ratio, seconds), price);
    }

    JobDraft edit(Fields fields) {
        String model = model(fields);
        fields.only("model", "prompt", "video", "output", "storage_options", "user");
        common(fields);
        Optional<SimulatedJob> source = desk.behind(media(fields, "video"));
        VideoSpec spec = source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
        if (spec.seconds() > MAX_EDIT_SECONDS) {
            throw fields.invalid("video", "must be at most " + MAX_EDIT_SECONDS + " seconds long");
        }
        boolean full = source.map(SimulatedJob::resolution).orElse("").equals("1080p");
        VideoSpec output = full ? new VideoSpec(spec.width() * 2 / 3 / 2 * 2, spec.height() * 2 / 3 / 2 * 2, spec.seconds()) : spec;
        String resolution = full ? "720p" : source.map(SimulatedJob::resolution).orElse("480p");
        return new JobDraft(model, "edit", fields.needText("prompt"), null, resolution, "source", output,
                Gateway.amount(EDIT_USD_PER_SECOND, 2 * spec.seconds()));
    }

    JobDraft extension(Fields fields) {
        String model = model(fields);
        fields.only("model", "prompt", "video", "duration", "output", "storage_options");
        common(fields);
        Optional<SimulatedJob> source = desk.behind(media(fields, "video"));
        int added = fields.looseInteger("duration", 6, 2, 10);
        VideoSpec spec = source.map(SimulatedJob::spec).orElse(VideoSpec.of("480p", "16:9", UNKNOWN_SECONDS));
        if (spec.seconds() < 2 || spec.seconds() > 30) {
            throw fields.invalid("video", "must be 2-30 seconds long");
        }
        String resolution = source.map(SimulatedJob::resolution).orElse("480p");
        return new JobDraft(model, "extend", fields.needText("prompt"), null, resolution, "source",
                spec.withSeconds(spec.seconds() + added), price(model, resolution, added));
    }

    private static String model(Fields fields) {
        String model = fields.text("model", BASE);
        if (!PRICES.containsKey(family(model))) {
            throw new GatewayRefusal(Trouble.NO_MODEL, "The model " + model + " does not exist or your team does not have access to it.");
        }
        return model;
    }

    /** The preview and the dated name are aliases of 1.5. */
    private static String family(String model) {
        return model.matches("grok-imagine-video-1\\.5-(preview|2026-05-30)") ? "grok-imagine-video-1.5" : model;
    }

    private static BigDecimal price(String model, String resolution, int seconds) {
        Map<String, String> prices = PRICES.get(family(model));
        return Gateway.amount(prices.getOrDefault(resolution, prices.get("720p")), seconds);
    }

    private static String resolution(Fields fields, String model, boolean reference) {
        String resolution = fields.choice("resolution", "480p", "480p", "720p", "1080p");
        if (!PRICES.get(family(model)).containsKey(resolution)) {
            throw fields.invalid("resolution", resolution + " is not available for " + model);
        }
        if (reference && resolution.equals("1080p")) {
            throw fields.invalid("resolution", "reference-to-video is limited to 720p");
        }
        return resolution;
    }

    private static void common(Fields fields) {
        fields.text("user", "");
        if (fields.has("output")) {
            fields.object("output").only("upload_url").url("upload_url");
        }
        if (fields.has("storage_options")) {
            Fields storage = fields.object("storage_options").only("filename", "expires_after", "public_url");
            storage.needText("filename");
            storage.integer("expires_after", 3600, 3600, 2_592_000);
        }
    }

    private int list(Fields fields, String name, int max) {
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

    private String media(Fields fields, String name) {
        fields.require(name);
        return source(fields, name, fields.raw(name));
    }

    /** One of url (or its alias image_url), file_id and voice_id; returns it. */
    private String source(Fields fields, String name, JsonNode media) {
        if (!media.isObject() || media.size() != 1) {
            throw new GatewayRefusal(Trouble.UNPROCESSABLE, name + ": must be an object with either url or file_id");
        }
        String kind = media.fieldNames().next();
        String value = media.path(kind).asText("");
        boolean image = !name.equals("video") && !name.equals("reference_audios");
        boolean good = switch (kind) {
            case "url" -> name.equals("video")
                    ? value.startsWith("data:video/") || value.matches("https?://[^?#]+\\.mp4([?#].*)?")
                    : value.matches("(?i)(https?://|data:).+");
            case "image_url" -> image && value.matches("(?i)(https?://|data:image/).+");
            case "file_id" -> !name.equals("reference_audios") && files.knows(value);
            case "voice_id" -> name.equals("reference_audios") && !value.isBlank();
            default -> false;
        };
        if (!media.path(kind).isTextual() || !good) {
            throw fields.invalid(name, "not an accepted " + kind);
        }
        return value;
    }
}
