// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import io.github.grokvideo.component.error.Violation;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import io.github.grokvideo.component.job.VideoRequestBuilder;
import io.github.grokvideo.component.provider.HttpCall;
import io.github.grokvideo.component.provider.MediaForm;
import io.github.grokvideo.component.provider.ResolvedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleBookTest {

    private static final FieldRule PROMPT = FieldRule.text("prompt", 100).mandatory().as("in.text");
    private static final FieldRule LENGTH = FieldRule.seconds("duration", 2, 10).as("in.len").alias("in.seconds");
    private static final FieldRule IMAGE = FieldRule.images(1, 1, MediaForm.URL).mandatory().as("in.image", Spelling::single);
    private static final FieldRule IMAGES = FieldRule.images(2, 3, MediaForm.URL, MediaForm.UPLOAD).mandatory().as("in.images");
    private static final FieldRule VIDEO = FieldRule.video(MediaForm.URL).mandatory().as("in.video");
    private static final FieldRule TASK = FieldRule.video(MediaForm.TASK).mandatory().inPath();

    private static final BodyShape SHAPE = new BodyShape("in", Set.of("outside"), "our_id");

    private static final RuleBook RULES = new RuleBook(
            request -> "all",
            ModelRules.of(SHAPE, Set.of(), ModeRules.of(Mode.TEXT_TO_VIDEO, "/make", FieldRule.text("prompt").mandatory().as("in.text"))),
            List.of(
                    ModelRules.of(SHAPE, Set.of("all"),
                            ModeRules.of(Mode.TEXT_TO_VIDEO, "/make", PROMPT, LENGTH)
                                    .costs(Price.perSecond(Cost.USD, 5, null, Map.of("*", "0.10"), "0")),
                            ModeRules.of(Mode.IMAGE_TO_VIDEO, "/make", PROMPT, LENGTH, IMAGE),
                            ModeRules.of(Mode.REFERENCE_TO_VIDEO, "/make", PROMPT, LENGTH, IMAGES),
                            ModeRules.of(Mode.EDIT, "/make", PROMPT, VIDEO).says("mode", "edit"),
                            ModeRules.of(Mode.EXTEND, "/make", PROMPT, VIDEO, LENGTH.mandatory())),
                    ModelRules.of(SHAPE, Set.of("optional"),
                            ModeRules.of(Mode.EDIT, "/make", PROMPT, VIDEO),
                            ModeRules.of(Mode.EXTEND, "/make", PROMPT, VIDEO, LENGTH)),
                    ModelRules.of(SHAPE, Set.of("images"), ModeRules.of(Mode.IMAGE_TO_VIDEO, "/make", PROMPT, IMAGE)),
                    ModelRules.of(SHAPE, Set.of("tasks"),
                            ModeRules.of(Mode.EXTEND, "/tasks/{video}/extend", PROMPT, TASK),
                            ModeRules.of(Mode.REMIX, "/tasks/{video}/remix", PROMPT, TASK)),
                    ModelRules.of(SHAPE, Set.of("editor"), ModeRules.of(Mode.EDIT, "/make", PROMPT, VIDEO))));

    @ParameterizedTest(name = "{0}: {1} images, video {2}, duration {3} -> {4}")
    @CsvSource({
            "all, 0, false, , text-to-video",
            "all, 0, false, 5, text-to-video",
            "all, 1, false, , image-to-video",
            "all, 2, false, , reference-to-video",
            "all, 0, true, , edit",
            "all, 0, true, 5, extend",
            "optional, 0, true, 5, extend",
            "optional, 0, true, , ",
            "images, 0, false, , image-to-video",
            "images, 2, false, , image-to-video",
            "images, 0, true, , image-to-video",
            "tasks, 0, true, , ",
            "editor, 0, true, , edit",
            "editor, 0, true, 5, edit",
            "editor, 0, false, , edit"})
    void decidesTheMode(String model, int images, boolean video, Integer duration, String mode) {
        VideoRequestBuilder request = VideoRequest.builder().model(model).prompt("x").duration(duration);
        for (int i = 0; i < images; i++) {
            request.image(Media.of("https://img.example/" + i));
        }
        if (video) {
            request.video(Media.of(model.equals("tasks") ? "task:1" : "https://v.example/1"));
        }
        ResolvedRequest resolved = RULES.resolve(request.build());
        assertThat(resolved.request().mode()).isEqualTo(Mode.of(mode).orElse(null));
        assertThat(resolved.violations().stream().anyMatch(violation -> violation.field().equals("mode"))).isEqualTo(mode == null);
    }

    @Test
    void saysWhichModesThereAre() {
        assertThat(RULES.resolve(VideoRequest.builder().model("editor").mode(Mode.REMIX).prompt("x").seed(1L).build()).violations())
                .as("what seems wrong besides may be right in the mode that was meant")
                .containsExactly(new Violation("mode", "remix", "is not a mode of editor, which has edit"));
    }

    @Test
    void namesEveryBrokenRuleWithoutShowingSecrets() {
        VideoRequest request = VideoRequest.builder().prompt("s".repeat(101)).duration(11).user("jane@example.com")
                .negativePrompt("ugly").callbackUrl("https://me.example/" + "p".repeat(100) + "?token=hunter2").build();
        List<Violation> violations = RULES.resolve(request).violations();
        assertThat(violations).extracting(Violation::field)
                .containsExactly("prompt", "negativePrompt", "duration", "user", "callbackUrl");
        assertThat(violations).extracting(Violation::value).contains("101 characters", "11", "16 characters", "4 characters");
        assertThat(violations.toString()).doesNotContain("hunter2", "jane", "ugly", "sss");
        assertThat(violations).allSatisfy(violation -> assertThat(violation.value()).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void leavesMediaThatAreDeliveredLaterAlone() {
        List<Media> local = List.of(new Media.LocalFile(java.nio.file.Path.of("/tmp/a.png")), new Media.Bytes(new byte[3], null),
                new Media.EarlierJob("j1"));
        VideoRequest request = VideoRequest.builder().prompt("x").images(local).build();
        assertThat(RULES.resolve(request).violations()).isEmpty();
        assertThatThrownBy(() -> RULES.submit(RULES.resolve(request).request(), "j")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesToSendWhatIsNotResolvedOrNotValid() {
        assertThatThrownBy(() -> RULES.submit(VideoRequest.builder().model("all").prompt("x").build(), "j"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RULES.submit(VideoRequest.builder().model("all").mode(Mode.TEXT_TO_VIDEO).build(), "j"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("prompt");
    }

    @Test
    void writesConstantsFieldsOurIdAndTheRest() {
        VideoRequest request = VideoRequest.builder().mode(Mode.EDIT).prompt("x").video(Media.of("https://v.example/1"))
                .additionalField("a", List.of(1, 2)).additionalField("outside", null).additionalField("o.p.q", Map.of("r", 1)).build();
        HttpCall call = RULES.submit(RULES.resolve(request).request(), "job-9");
        assertThat(call.path()).isEqualTo("/make");
        assertThat(((HttpCall.Json) call.body()).content()).hasToString(
                "{\"model\":\"all\",\"mode\":\"edit\",\"in\":{\"text\":\"x\",\"video\":\"https://v.example/1\",\"a\":[1,2]},"
                        + "\"our_id\":\"job-9\",\"outside\":null,\"o\":{\"p\":{\"q\":{\"r\":1}}}}");
    }

    @Test
    void overridesNothing() {
        Map<String, Object> fields = new HashMap<>();
        fields.put("text", "other");
        fields.put("in.text", "other");
        fields.put("in", Map.of("text", "other"));
        fields.put("in.text.deeper", 1);
        fields.put("seconds", 5);
        fields.put("our_id", "mine");
        fields.put("outside", new Object());
        fields.put(null, 1);
        fields.put(" ", 1);
        VideoRequest request = VideoRequest.builder().prompt("x").duration(5).additionalFields(fields).build();
        assertThat(RULES.resolve(request).violations()).extracting(Violation::field).containsExactlyInAnyOrder(
                "additionalFields.text", "additionalFields.in.text", "additionalFields.in", "additionalFields.in.text.deeper",
                "additionalFields.seconds", "additionalFields.outside", "additionalFields", "additionalFields");
    }

    @Test
    void takesARequiredFieldInTheGatewaysSpelling() {
        assertThat(RULES.resolve(VideoRequest.builder().additionalField("text", "x").build()).violations()).isEmpty();
        assertThat(RULES.resolve(VideoRequest.builder().additionalField("in.text", "x").build()).violations()).isEmpty();
        assertThat(RULES.resolve(VideoRequest.builder().additionalField("txt", "x").build()).violations()).hasSize(1);
    }

    @Test
    void estimatesOnlyWhatItCanSee() {
        assertThat(RULES.resolve(VideoRequest.ofPrompt("x")).estimate()).isEqualTo(Cost.usd("0.5"));
        assertThat(RULES.resolve(VideoRequest.builder().prompt("x").duration(10).build()).estimate()).isEqualTo(Cost.usd("1"));
        assertThat(RULES.resolve(VideoRequest.builder().prompt("x").duration(11).build()).estimate()).isNull();
        assertThat(RULES.resolve(VideoRequest.builder().prompt("x").additionalField("a", 1).build()).estimate()).isNull();
        assertThat(RULES.resolve(VideoRequest.builder().prompt("x").model("newer").build()).estimate()).isNull();
    }

    @Test
    void putsATaskIntoThePathAsOnePart() {
        VideoRequest request = VideoRequest.builder().model("tasks").mode(Mode.REMIX).prompt("x").video(Media.of("task:../a b/ä")).build();
        HttpCall call = RULES.submit(RULES.resolve(request).request(), "j");
        assertThat(call.path()).isEqualTo("/tasks/..%2Fa%20b%2F%C3%A4/remix");
        assertThat(((HttpCall.Json) call.body()).content().path("in").has("video")).isFalse();
    }

    @Test
    void tellsTheFormsOfAnOpenMode() {
        VideoRequest open = VideoRequest.builder().model("optional").prompt("x").video(Media.of("job:1")).build();
        assertThat(RULES.mediaForms(open, "video")).containsExactly(MediaForm.URL);
        assertThat(RULES.mediaForms(VideoRequest.ofPrompt("x"), "images")).isEmpty();
        assertThat(RULES.mediaForms(VideoRequest.builder().mode(Mode.REMIX).build(), "images"))
                .containsExactly(MediaForm.URL, MediaForm.UPLOAD);
    }

    @Test
    void isTheSameWhenResolvedAgain() {
        ResolvedRequest once = RULES.resolve(VideoRequest.builder().prompt("x").duration(5).build());
        assertThat(RULES.resolve(once.request())).isEqualTo(once);
    }
}
