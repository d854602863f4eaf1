// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import io.github.grokvideo.component.job.Mode;
import io.github.grokvideo.component.provider.ModelOffer;
import io.github.grokvideo.component.provider.VideoProviders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelOffersTest {

    static List<String> gateways() {
        return VideoProviders.names();
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void eachGatewayListsItsModelsAndThoseThatAreNewerLast(String gateway) {
        List<ModelOffer> offers = VideoProviders.named(gateway).orElseThrow().models();

        assertThat(offers).isNotEmpty().allSatisfy(offer -> assertThat(offer.modes()).isNotEmpty()
                .allSatisfy(mode -> assertThat(mode.fields()).extracting(ModelOffer.Field::name).isNotEmpty().doesNotHaveDuplicates()));
        assertThat(offers.get(offers.size() - 1).model()).isNull();
        assertThat(offers.subList(0, offers.size() - 1)).extracting(ModelOffer::model).doesNotContainNull().doesNotHaveDuplicates();
    }

    @Test
    void aFieldSaysWhatItAccepts() {
        ModelOffer.ModeOffer mode = VideoProviders.named("xai").orElseThrow().models().get(0).modes().stream()
                .filter(offer -> offer.mode() == Mode.TEXT_TO_VIDEO).findFirst().orElseThrow();

        assertThat(field(mode, "prompt").required()).isTrue();
        assertThat(field(mode, "duration").choices()).startsWith("1", "2").endsWith("15");
        assertThat(field(mode, "aspectRatio").choices()).contains("16:9", "9:16");
        assertThat(field(mode, "duration").allowed()).isEqualTo("1 to 15 seconds");
    }

    private static ModelOffer.Field field(ModelOffer.ModeOffer mode, String name) {
        return mode.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }
}
