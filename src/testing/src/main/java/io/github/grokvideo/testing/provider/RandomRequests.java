// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.testing.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;

/** Requests with any fields. Their values are found in a call as they are, unless a gateway spells them in another way. */
record RandomRequests(List<String> models) {

    private static final String IMAGE = "https://img.example/";

    /** Each field alone. */
    Map<String, Consumer<VideoRequestBuilder>> fields() {
        Map<String, Consumer<VideoRequestBuilder>> fields = rareFields("");
        fields.put("prompt", request -> request.prompt("a-prompt"));
        fields.put("duration", request -> request.duration(10));
        fields.put("aspectRatio", request -> request.aspectRatio("9:16"));
        fields.put("resolution", request -> request.resolution("480p"));
        fields.put("images", request -> request.images(List.of(Media.of(IMAGE + "added.png"))));
        fields.put("video", request -> request.video(Media.of("https://v.example/a.mp4")));
        return fields;
    }

    private static Map<String, Consumer<VideoRequestBuilder>> rareFields(String query) {
        Map<String, Consumer<VideoRequestBuilder>> fields = new LinkedHashMap<>();
        fields.put("negativePrompt", request -> request.negativePrompt("not-this"));
        fields.put("style", request -> request.style("fun"));
        fields.put("seed", request -> request.seed(4711L));
        fields.put("strength", request -> request.strength(0.25));
        fields.put("cameraMotion", request -> request.cameraMotion("dolly-in"));
        fields.put("editRegion", request -> request.editRegion("sky"));
        fields.put("outputQuality", request -> request.outputQuality("finest"));
        fields.put("generateAudio", request -> request.generateAudio(true));
        fields.put("nsfwChecker", request -> request.nsfwChecker(true));
        fields.put("inputVideoSeconds", request -> request.inputVideoSeconds(9));
        fields.put("user", request -> request.user("user-5"));
        fields.put("firstFrame", request -> request.firstFrame(Media.of(IMAGE + "first.png" + query)));
        fields.put("lastFrame", request -> request.lastFrame(Media.of(IMAGE + "last.png" + query)));
        fields.put("keyframes", request -> request.keyframe(Media.of(IMAGE + "key.png" + query), 4.5));
        fields.put("voices", request -> request.voices(List.of("voice-a", "voice-b")));
        fields.put("uploadUrl", request -> request.uploadUrl("https://bucket.example/put" + (query.isEmpty() ? "?sig=1" : query)));
        fields.put("storage", request -> request.storage(new ResultStorage("kept.mp4", 7200, true)));
        fields.put("callbackUrl", request -> request.callbackUrl("https://me.example/cb" + query));
        return fields;
    }

    /** @param query of each URL in it, with its question mark; may be empty */
    VideoRequest next(Random random, String query) {
        VideoRequestBuilder request = VideoRequest.builder();
        boolean sparse = random.nextInt(4) > 0;
        request.model(models.get(random.nextInt(models.size())));
        request.mode(random.nextBoolean() ? null : Mode.values()[random.nextInt(Mode.values().length)]);
        request.prompt(random.nextInt(5) > 0 ? "a-prompt" : null);
        request.duration(random.nextBoolean() ? 10 : null);
        request.aspectRatio(random.nextBoolean() ? "9:16" : null);
        request.resolution(random.nextInt(3) == 0 ? "480p" : null);
        int images = random.nextInt(4);
        for (int i = 0; i < images - 1; i++) {
            request.image(Media.of(IMAGE + i + ".png" + query));
        }
        int video = random.nextInt(6);
        request.video(video == 0 ? Media.of("https://v.example/a.mp4" + query) : video == 1 ? Media.of("task:task-77") : null);
        int rare = sparse ? 12 : 4;
        rareFields(query).values().stream().filter(field -> random.nextInt(rare) == 0).forEach(field -> field.accept(request));
        if (random.nextInt(rare) == 0) {
            request.additionalField(List.of("fps", "trace_id", "a.b.c").get(random.nextInt(3)), "additional-" + random.nextInt(9));
        }
        return request.build();
    }
}
