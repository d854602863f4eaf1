// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShortTextsTest {

    /** However the pieces fall, and whatever stands where a text is cut. */
    @ParameterizedTest
    @ValueSource(strings = {"x", "\\\\", "\\\"", "\\u00e9", "\u00e9", "\\ud83d\\ude00", "a\\n"})
    void whatIsKeptIsJson(String unit) throws Exception {
        for (int shift = 0; shift < 13; shift++) {
            String json = "{\"image\":\"" + "y".repeat(shift) + unit.repeat(70_000) + "\",\"id\":\"task-1\",\"empty\":\"\",\"n\":[1,2]}";
            ShortTexts kept = new ShortTexts(1 << 20);
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < bytes.length; from += 1000 + shift) {
                byte[] piece = java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1000 + shift));
                assertThat(kept.add(piece, piece.length)).isTrue();
            }

            JsonNode read = new ObjectMapper().readTree(kept.toString(StandardCharsets.UTF_8));
            assertThat(read.path("id").asText()).isEqualTo("task-1");
            assertThat(read.path("n")).hasSize(2);
            assertThat(read.path("image").asText().getBytes(StandardCharsets.UTF_8).length).isBetween(100, ShortTexts.LONGEST_TEXT + 4);
        }
    }
}
