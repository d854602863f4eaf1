// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    private static final Map<String, String> NONE = Map.of();

    @Test
    void nothingConfiguredMeansNoGateway() throws Exception {
        assertThat(GatewaySettings.of(GatewaySettings.from(NONE, NONE, NONE))).isEmpty();
        assertThat(GatewaySettings.of(GatewaySettings.from(NONE, Map.of("GROKVIDEO_PROVIDER", " "), NONE))).isEmpty();
    }

    @Test
    void theEnvironmentConfiguresTheComponent() throws Exception {
        GatewaySettings settings = GatewaySettings.of(GatewaySettings.from(NONE, Map.of(
                "GROKVIDEO_PROVIDER", "toapis", "GROKVIDEO_API_KEY", "sk-secret",
                "GROKVIDEO_BASE_URL", "https://toapis.cn/v1",
                "GROKVIDEO_MODEL", "grok-video-1.5"), NONE)).orElseThrow();

        assertThat(settings.componentProperties()).isEqualTo(Map.of(
                "camel.component.grokvideo.provider", "toapis", "camel.component.grokvideo.apiKey", "sk-secret",
                "camel.component.grokvideo.baseUrl", "https://toapis.cn/v1",
                "camel.component.grokvideo.model", "grok-video-1.5"));
        assertThat(settings).asString().doesNotContain("sk-secret");
    }

    @Test
    void propertiesDoTooAndSystemPropertiesWin() throws Exception {
        Map<String, String> application = Map.of("camel.component.grokvideo.provider", "reapi", "grokvideo.apiKey", "a");
        Map<String, String> environment = Map.of("CAMEL_COMPONENT_GROKVIDEO_API_KEY", "b");
        Map<String, String> system = Map.of("grokvideo.provider", "xai");

        assertThat(GatewaySettings.of(GatewaySettings.from(system, environment, application)))
                .hasValue(new GatewaySettings("xai", "a", null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "xai    |    |            | GROKVIDEO_PROVIDER is xai, but GROKVIDEO_API_KEY is not set",
            "       | k1 |            | GROKVIDEO_API_KEY is set, but not whose it is: set GROKVIDEO_PROVIDER to one of xai",
            "       |    | https://a  | GROKVIDEO_BASE_URL is set, but not whose it is",
            "grok   | k1 |            | GROKVIDEO_PROVIDER is 'grok', which is none of xai, toapis, reapi",
            "uniall | k1 |            | uniall has no public address: set GROKVIDEO_BASE_URL"})
    void halfAConfigurationIsSaidInOneLine(String provider, String key, String baseUrl, String message) {
        Map<String, String> environment = new java.util.HashMap<>();
        environment.put("GROKVIDEO_PROVIDER", provider);
        environment.put("GROKVIDEO_API_KEY", key);
        environment.put("GROKVIDEO_BASE_URL", baseUrl);

        assertThatThrownBy(() -> GatewaySettings.of(GatewaySettings.from(NONE, environment, NONE)))
                .isInstanceOf(UsageException.class).hasMessageStartingWith(message).hasMessageNotContaining("k1");
    }
}
