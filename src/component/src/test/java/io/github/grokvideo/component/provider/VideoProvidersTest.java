// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import io.github.grokvideo.component.job.Media;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each gateway is by itself, without a request. */
class VideoProvidersTest {

    @Test
    void knowsTheGateways() {
        assertThat(VideoProviders.names()).containsExactly("xai", "toapis", "reapi", "aivideoapi", "uniall",
                "openai", "openrouter", "fal");
        assertThat(VideoProviders.named("grok")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
            "xai, https://api.x.ai/v1, grok-imagine-video, GET /videos/a%2Fb, , , ",
            "toapis, https://toapis.com/v1, grok-imagine-1.0-video, GET /videos/generations/a%2Fb, ,"
                    + " GET /videos/generations/a%2Fb, GET /balance",
            "reapi, https://reapi.ai/api/v1, grok-imagine-1.0-video, GET /tasks/a%2Fb, , , ",
            "aivideoapi, https://api.aivideoapi.ai/v1, grok-imagine-text-to-video, GET /tasks/a%2Fb, , , GET /credits",
            "uniall, , grok-imagine, GET /videos/a%2Fb, GET /videos/a%2Fb/content, , ",
            "openai, , grok-imagine-video, GET /videos/a%2Fb, GET /videos/a%2Fb/content, , ",
            "openrouter, https://openrouter.ai/api/v1, x-ai/grok-imagine-video, GET /videos/a%2Fb, GET /videos/a%2Fb/content, , ",
            "fal, https://queue.fal.run, xai/grok-imagine-video, GET /xai/grok-imagine-video/requests/a%2Fb/status, , , "})
    void saysWhereThingsAre(
            String name, String baseUrl, String model, String poll, String content, String lookup, String balance) {
        VideoProvider provider = VideoProviders.named(name).orElseThrow();
        assertThat(provider.name()).isEqualTo(name).hasToString(name);
        assertThat(provider.defaultBaseUrl().orElse(null)).isEqualTo(baseUrl);
        assertThat(provider.defaultModel()).isEqualTo(model);
        assertThat(provider.poll("a/b")).hasToString(poll);
        assertThat(provider.content("a/b").map(HttpCall::toString).orElse(null)).isEqualTo(content);
        assertThat(provider.lookup("a/b").map(HttpCall::toString).orElse(null)).isEqualTo(lookup);
        assertThat(provider.balance().map(HttpCall::toString).orElse(null)).isEqualTo(balance);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
            "xai, 5, 5, 1, 60, 1, 1, 0, true",
            "toapis, 5, 10, 5, 60, 5, 50, 50, false",
            "reapi, 5, 5, 2, 180, 0, 1, 0, false",
            "aivideoapi, 5, 5, 2, 60, 0, 1, 0, false",
            "uniall, 5, 5, 2, 60, 0, 1, 0, false",
            "openai, 5, 5, 1, 60, 0, 1, 0, false",
            "openrouter, 5, 5, 2, 60, 0, 1, 0, false",
            "fal, 5, 5, 1, 60, 0, 1, 0, false"})
    void saysHowOftenItMayBeAsked(
            String name, int first, int interval, int least, int longest, double submits, int burst, double polls, boolean share) {
        assertThat(VideoProviders.named(name).orElseThrow().limits()).isEqualTo(new ProviderLimits(
                Duration.ofSeconds(first), Duration.ofSeconds(interval), Duration.ofSeconds(least), Duration.ofSeconds(longest),
                submits, burst, polls, share));
    }

    @ParameterizedTest
    @CsvSource({"xai, management key", "reapi, documents no call", "uniall, publishes no path", "openai, console of the relay",
            "openrouter, openrouter.ai/settings", "fal, fal.ai/dashboard"})
    void saysWhyThereIsNoBalance(String name, String why) {
        VideoProvider provider = VideoProviders.named(name).orElseThrow();
        assertThat(provider.balance()).isEmpty();
        assertThat(provider.balanceUnsupported()).contains(name, why);
        assertThatThrownBy(() -> provider.balance(new HttpAnswer(200, null, ""))).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("io.github.grokvideo.component.provider.VideoProviders#all")
    void uploadsOnlyWhereSomeFieldIsUploaded(VideoProvider provider) {
        boolean uploads = provider.upload(new Media.Bytes(new byte[1], null), "images", Duration.ofHours(24)).isPresent();
        assertThat(uploads).isEqualTo(provider.name().equals("xai") || provider.name().equals("toapis"));
    }

    @Test
    void keepsAnIdOnePartOfAPath() {
        assertThat(PathPart.of("task_1-a.b~c")).isEqualTo("task_1-a.b~c");
        assertThat(PathPart.of("..")).isEqualTo("%2E%2E");
        assertThat(PathPart.of("a/b?c#d%e \u00e4\n")).isEqualTo("a%2Fb%3Fc%23d%25e%20%C3%A4%0A");
        assertThat(PathPart.of("")).isEmpty();
    }
}
