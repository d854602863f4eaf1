// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "plain text|plain text",
            "see https://a.example/b?c=d#e now|see https://a.example/b now",
            "(https://u:p@a.example/b?c=d)|(https://a.example/b",
            "s3://bucket/key?sig=1|s3://bucket/key",
            "data:image/png;base64,AAAA|data:image/png;base64,...",
            "Incorrect key sk-abcdefgh1234|Incorrect key ***",
            "rk_live_0123456789 is revoked|*** is revoked",
            "Authorization: Bearer abc.def|Authorization: ***"})
    void hidesSecrets(String told, String shown) {
        assertThat(SafeText.message(told)).isEqualTo(shown);
    }

    @Test
    void isOneLineOfVisibleCharacters() {
        assertThat(SafeText.message("\u0007a\r\n\tb\u200b\u202ec\u2028d ")).isEqualTo("a bc d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000\u0001", "\u200b"})
    void isNothingWhereNothingIsLeft(String told) {
        assertThat(SafeText.message(told)).isNull();
    }

    @Test
    void isCutWithoutBreakingACharacter() {
        assertThat(SafeText.message("x".repeat(501))).hasSize(500).endsWith("x...");
        assertThat(SafeText.message("x".repeat(500))).hasSize(500).endsWith("xxx");
        assertThat(SafeText.message("x".repeat(496) + "\ud83e\udd8a" + "yyyy")).isEqualTo("x".repeat(496) + "...");
        assertThat(SafeText.message("https://a.example/?" + "s".repeat(1_000_000))).isEqualTo("https://a.example/");
    }
}
