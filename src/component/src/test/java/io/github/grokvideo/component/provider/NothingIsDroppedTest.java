// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.Keyframe;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.ResultStorage;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of any request, either a violation names the field or the gateway gets it: nobody pays for something else than they asked for. */
class NothingIsDroppedTest {

    /** The models of each gateway, and one that it does not know. */
    static final Map<String, List<String>> MODELS = Map.of(
            "xai", List.of("grok-imagine-video", "grok-imagine-video-1.5", "grok-imagine-video-1.5-lite", "newer"),
            "toapis", List.of("grok-imagine-1.0-video", "grok-imagine-1-0-video", "grok-video-1.5", "grok-video-1.5-preview",
                    "grok-video-1.0", "newer"),
            "reapi", List.of("grok-imagine-1.0-video", "grok-imagine-video-1.5-beta", "grok-imagine-video-1.5-official", "newer"),
            "aivideoapi", List.of("grok-imagine-text-to-video", "grok-imagine-image-to-video", "newer"),
            "uniall", List.of("grok-imagine", "newer"),
            "openai", List.of("grok-imagine-video", "newer"),
            "openrouter", List.of("x-ai/grok-imagine-video", "newer"),
            "fal", List.of("xai/grok-imagine-video", "xai/grok-imagine-video/v1.5", "xai/grok-imagine-video/v1.5/lite", "newer/app"));

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void everyFieldIsSentOrNamed(VideoProvider provider) {
        Random random = new Random(7);
        Map<String, Integer> sent = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            VideoRequest request = request(random, MODELS.get(provider.name()));
            provider.mediaForms(request, "video");
            ResolvedRequest resolved = provider.resolve(request);
            if (!resolved.violations().isEmpty()) {
                continue;
            }
            HttpCall call = provider.submit(resolved.request(), "job-1");
            List<String> values = new ArrayList<>(List.of(call.path().split("/")));
            values.add(URLDecoder.decode(call.path().replaceFirst(".*=", ""), StandardCharsets.UTF_8));
            leaves(((HttpCall.Json) call.body()).content(), values);
            resolved.request().given().forEach((name, value) -> {
                boolean estimateOnly = provider.name().equals("xai") && name.equals("inputVideoSeconds");
                boolean joined = provider.name().equals("openai") && (name.equals("resolution") || name.equals("aspectRatio"));
                if (estimateOnly || joined && values.stream().anyMatch(size -> size.matches("\\d+x\\d+"))) {
                    sent.merge(name, 1, Integer::sum);
                    return;
                }
                for (Object one : value instanceof List<?> many ? many : List.of(value)) {
                    assertThat(values).as("%s of %s in %s", name, request, call).contains(text(one));
                }
                sent.merge(name, 1, Integer::sum);
            });
            request.additionalFields().forEach((name, value) -> assertThat(values).contains(value.toString()));
        }
        assertThat(sent).containsKeys("prompt", "duration", "aspectRatio", "resolution", "images");
    }

    private static VideoRequest request(Random random, List<String> models) {
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
            request.image(Media.of("https://img.example/" + i + ".png"));
        }
        int video = random.nextInt(6);
        request.video(video == 0 ? Media.of("https://v.example/a.mp4") : video == 1 ? Media.of("task:task-77") : null);
        int rare = sparse ? 12 : 4;
        request.negativePrompt(random.nextInt(rare) == 0 ? "not-this" : null);
        request.style(random.nextInt(rare) == 0 ? "fun" : null);
        request.seed(random.nextInt(rare) == 0 ? 4711L : null);
        request.strength(random.nextInt(rare) == 0 ? 0.25 : null);
        request.cameraMotion(random.nextInt(rare) == 0 ? "dolly-in" : null);
        request.editRegion(random.nextInt(rare) == 0 ? "sky" : null);
        request.outputQuality(random.nextInt(rare) == 0 ? "finest" : null);
        request.generateAudio(random.nextInt(rare) == 0 ? true : null);
        request.nsfwChecker(random.nextInt(rare) == 0 ? true : null);
        request.inputVideoSeconds(random.nextInt(rare) == 0 ? 9 : null);
        request.user(random.nextInt(rare) == 0 ? "user-5" : null);
        request.firstFrame(random.nextInt(rare) == 0 ? Media.of("https://img.example/first.png") : null);
        request.lastFrame(random.nextInt(rare) == 0 ? Media.of("https://img.example/last.png") : null);
        if (random.nextInt(rare) == 0) {
            request.keyframe(Media.of("https://img.example/key.png"), 4.5);
        }
        request.voices(random.nextInt(rare) == 0 ? List.of("voice-a", "voice-b") : List.of());
        request.uploadUrl(random.nextInt(rare) == 0 ? "https://bucket.example/put?sig=1" : null);
        request.storage(random.nextInt(rare) == 0 ? new ResultStorage("kept.mp4", 7200, true) : null);
        request.callbackUrl(random.nextInt(rare) == 0 ? "https://me.example/cb" : null);
        if (random.nextInt(rare) == 0) {
            request.additionalField(List.of("fps", "trace_id", "a.b.c").get(random.nextInt(3)), "additional-" + random.nextInt(9));
        }
        return request.build();
    }

    private static String text(Object value) {
        if (value instanceof Keyframe frame) {
            return text(frame.image());
        }
        if (value instanceof ResultStorage storage) {
            return storage.fileName();
        }
        return value instanceof Media.Url url ? url.url() : value instanceof Media.GatewayTask task ? task.taskId() : value.toString();
    }

    private static void leaves(JsonNode node, List<String> values) {
        if (node.isValueNode()) {
            values.add(node.asText());
        }
        node.forEach(child -> leaves(child, values));
    }
}
