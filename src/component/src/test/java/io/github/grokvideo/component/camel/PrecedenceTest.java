// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import io.github.grokvideo.component.camel.request.MediaReader;
import io.github.grokvideo.component.camel.request.RequestField;
import io.github.grokvideo.component.error.InvalidRequestException;
import io.github.grokvideo.component.job.Media;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.job.VideoRequest;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest extends CamelTest {

    private VideoRequest sent(String uri, Object body, Map<String, Object> headers) {
        Exchange exchange = send(uri, body, headers);
        assertThat(exchange.getException()).isNull();
        return engine.lastOrder().request();
    }

    @Test
    void theComponentsOptionsAreDefaultsOfEveryEndpoint() {
        component.getConfiguration().setDuration(4);
        component.getConfiguration().setResolution("480p");

        VideoRequest request = sent("grokvideo:generate?resolution=720p", "a cat", Map.of());

        assertThat(request.duration()).isEqualTo(4);
        assertThat(request.resolution()).isEqualTo("720p");
    }

    @Test
    void aFieldOfTheBodyWinsOverTheOptionAndAHeaderOverBoth() {
        String uri = "grokvideo:generate?duration=4&aspectRatio=1:1&resolution=480p";

        VideoRequest request = sent(uri, Map.of("prompt", "a cat", "duration", 6, "aspectRatio", "16:9"),
                Map.of(GrokVideoConstants.DURATION, "8"));

        assertThat(request.duration()).isEqualTo(8);
        assertThat(request.aspectRatio()).isEqualTo("16:9");
        assertThat(request.resolution()).isEqualTo("480p");
    }

    @ParameterizedTest
    @CsvSource({
            "model,grok-x,grok-y", "prompt,p,q", "negativePrompt,a,b", "duration,3,9", "aspectRatio,1:1,16:9",
            "resolution,480p,720p", "style,fun,normal", "seed,1,99999999999", "strength,0.25,0.5", "cameraMotion,a,b",
            "editRegion,a,b", "outputQuality,a,b", "generateAudio,true,false", "nsfwChecker,false,true",
            "inputVideoSeconds,3,5", "user,u,v", "callbackUrl,https://a.example,https://b.example",
            "images,https://a.example/1.png,https://b.example/1.png", "video,job:1,job:2" })
    void everyFieldIsAnOptionABodyFieldAndAHeader(String name, String first, String second) {
        RequestField field = RequestField.of(name).orElseThrow();

        Map<String, Object> option = all(sent("grokvideo:generate?" + name + "=" + first, null, Map.of("x", 1,
                GrokVideoConstants.PROMPT, name.equals("prompt") ? first : "a cat")));
        Map<String, Object> body = all(sent("grokvideo:generate?prompt=cat" + (name.equals("prompt") ? "" : "&" + name + "=" + second),
                Map.of(name, first), Map.of()));
        Map<String, Object> header = all(sent("grokvideo:generate?prompt=cat", Map.of(name, second),
                Map.of(field.header(), first)));

        assertThat(option.get(name)).isNotNull().isEqualTo(body.get(name)).isEqualTo(header.get(name));
        assertThat(option.get(name).toString()).contains(name.equals("video") || name.equals("images") ? "" : first);
    }

    private static Map<String, Object> all(VideoRequest request) {
        Map<String, Object> all = new java.util.LinkedHashMap<>(request.given());
        all.put("model", request.model());
        return all;
    }

    @Test
    void modeAutoOfAHeaderLeavesTheDecisionToTheFields() {
        assertThat(sent("grokvideo:generate?mode=edit", "a cat", Map.of()).mode()).isEqualTo(Mode.EDIT);
        assertThat(sent("grokvideo:generate?mode=edit", "a cat", Map.of(GrokVideoConstants.MODE, "auto")).mode()).isNull();
        assertThat(sent("grokvideo:generate", Map.of("prompt", "x", "mode", "image-to-video"), Map.of()).mode())
                .isEqualTo(Mode.IMAGE_TO_VIDEO);
    }

    @Test
    void additionalFieldsAddUp() {
        component.getConfiguration().addAdditionalFields(Map.of("a", "component", "d", "component"));

        VideoRequest request = sent("grokvideo:generate?additionalFields.a=1&additionalFields.b=2",
                Map.of("prompt", "x", "additionalFields", Map.of("b", 3, "c", List.of(4))),
                Map.of(GrokVideoConstants.ADDITIONAL_FIELDS, Map.of("c", 5)));

        assertThat(request.additionalFields()).containsExactlyInAnyOrderEntriesOf(
                Map.of("a", "1", "b", 3, "c", 5, "d", "component"));
    }

    @Test
    void blankIsNotGiven() {
        VideoRequest request = sent("grokvideo:generate?resolution=480p", "a cat",
                Map.of(GrokVideoConstants.RESOLUTION, "  ", GrokVideoConstants.PROMPT, ""));

        assertThat(request.resolution()).isEqualTo("480p");
        assertThat(request.prompt()).isEqualTo("a cat");
    }

    @Test
    void anImageListMayBeCommaSeparatedAlsoWithCommasInsideUrls() {
        VideoRequest request = sent("grokvideo:generate", "x",
                Map.of(GrokVideoConstants.IMAGES, "https://a.example/1,2.png, data:image/png;base64,AAAA,file_id:7"));

        assertThat(request.images()).containsExactly(new Media.Url("https://a.example/1,2.png"),
                new Media.Url("data:image/png;base64,AAAA"), new Media.GatewayFile("7"));
        assertThat(MediaReader.images("a.png, b.png")).hasSize(2);
    }

    @Test
    void everythingWrongIsToldAtOnceAndNothingIsSpent() {
        Exchange exchange = send("grokvideo:generate", Map.of("prompt", "x", "aspect_ratio", "1:1", "duration", "long",
                "generateAudio", "maybe", "images", List.of(1), "style", 7, "quatsch", 1));

        assertThat(exchange.getException()).isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("did you mean aspectRatio")
                .hasMessageContaining("duration=long: must be a whole number")
                .hasMessageContaining("generateAudio=maybe: must be true or false")
                .hasMessageContaining("style=7: must be text")
                .hasMessageContaining("quatsch: is not a field; fields are [model, mode, prompt");
        assertThat(((InvalidRequestException) exchange.getException()).getViolations()).hasSize(6);
        assertThat(engine.orders).isEmpty();
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.ERROR_CHARGED)).isEqualTo("no");
        assertThat(exchange.getMessage().getHeader(GrokVideoConstants.JOB_ID)).isNull();
    }

    @Test
    void numbersAreExactOrNotAtAll() {
        assertThat(sent("grokvideo:generate", Map.of("prompt", "x", "duration", 6.0), Map.of()).duration()).isEqualTo(6);
        for (Object wrong : List.of(6.5, "1e999999999", "6s", true, 99999999999L)) {
            assertThat(send("grokvideo:generate", Map.of("prompt", "x", "duration", wrong)).getException())
                    .as(wrong.toString()).isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void theRestOfTheOrderComesFromOptionsAndHeaders() {
        send("grokvideo:generate?jobKey=a&onFailedKey=resubmit&submitUnknown=resubmit&waitTimeout=5s&directory="
                + directory.resolve("mine"), "x", Map.of(GrokVideoConstants.JOB_KEY, "b"));

        assertThat(engine.lastOrder().jobKey()).isEqualTo("b");
        assertThat(engine.lastOrder().onFailedKey().name()).isEqualTo("RESUBMIT");
        assertThat(engine.lastOrder().submitUnknown().name()).isEqualTo("RESUBMIT");
        assertThat(engine.lastOrder().directory()).isEqualTo(directory.resolve("mine"));
        assertThat(engine.waits.get(0).waitTimeout()).hasSeconds(5);
    }
}
