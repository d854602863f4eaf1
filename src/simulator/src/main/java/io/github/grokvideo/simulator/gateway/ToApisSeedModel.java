// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.gateway;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Stream;
import io.github.grokvideo.simulator.job.JobDraft;
import io.github.grokvideo.simulator.video.VideoSpec;

/** {@code grok-imagine-1-0-video} with dashes: a {@code mode} and a nested {@code input} whose fields depend on it. */
final class ToApisSeedModel {

    private static final String[] ALWAYS = {"prompt", "duration", "seed"};

    JobDraft read(Fields fields, String businessId) {
        fields.only("model", "mode", "input", "client_business_id", "metadata", "trace_id");
        fields.needText("mode");
        String mode = fields.choice("mode", "", "text-to-video", "image-to-video", "r2v", "video-edit");
        Fields input = fields.object("input");
        String ratio = "16:9";
        switch (mode) {
            case "text-to-video" -> {
                only(input, "negative_prompt", "ratio");
                input.text("negative_prompt", "");
                ratio = input.choice("ratio", "16:9", "16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3");
            }
            case "image-to-video" -> {
                only(input, "image_url", "camera_motion", "strength").url("image_url");
                input.text("camera_motion", "");
            }
            case "r2v" -> only(input, "reference_url", "strength").url("reference_url");
            default -> {
                only(input, "video_url", "instruction", "edit_region", "output_quality").url("video_url");
                input.text("output_quality", "");
                input.text("instruction", "");
            }
        }
        input.number("strength", 0, 1);
        input.integer("seed", 0, 0, Integer.MAX_VALUE);
        // The guide requires the prompt in every mode; an edit may have it as an instruction, too.
        String prompt = input.needText("prompt");
        int seconds = input.integer("duration", 5, 2, 15);
        return new JobDraft(fields.needText("model"), ourName(mode), prompt, businessId, "480p", ratio,
                VideoSpec.of("480p", ratio, seconds), BigDecimal.ZERO);
    }

    private static String ourName(String mode) {
        return switch (mode) {
            case "r2v" -> "reference-to-video";
            case "video-edit" -> "edit";
            default -> mode;
        };
    }

    private static Fields only(Fields input, String... own) {
        return input.only(Stream.concat(Arrays.stream(ALWAYS), Arrays.stream(own)).toArray(String[]::new));
    }
}
