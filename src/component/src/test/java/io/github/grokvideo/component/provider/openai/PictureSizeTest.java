// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSizeTest {

    @Test
    void whatIsKnownIsFoundAgain() {
        assertThat(PictureSize.PIXELS).allSatisfy((name, pixels) -> {
            PictureSize size = PictureSize.of(pixels).orElseThrow();
            assertThat(size.resolution() + " " + size.ratio()).isEqualTo(name);
            assertThat(size.pixels()).contains(pixels);
        });
    }

    @ParameterizedTest
    @CsvSource({"854x480,480p,16:9", "1024x1792,1080p,9:16", "1792x1024,1080p,16:9", "960x960,720p,1:1", "640x480,480p,4:3"})
    void othersAreTakenForTheNearest(String size, String resolution, String ratio) {
        assertThat(PictureSize.of(size)).contains(new PictureSize(resolution, ratio));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "big", "1280", "1280x", "x720", "1280x720x3", "0x0", "64x64", "9999x9999", "2560x1440", "1280x400",
            "12800x7200", "-1280x720", "1280X720"})
    void noSizeOfAVideoIsRefused(String size) {
        assertThat(PictureSize.of(size)).isEmpty();
    }

    @Test
    void whatIsNotKnownHasNoPixels() {
        assertThat(new PictureSize("1080p", "1:1").pixels()).isEmpty();
        assertThat(new PictureSize("null", "null").pixels()).isEmpty();
    }
}
