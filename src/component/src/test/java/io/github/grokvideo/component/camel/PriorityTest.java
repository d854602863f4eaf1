// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import io.github.grokvideo.component.error.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriorityTest extends CamelTest {

    private int priority(String uri, Map<String, Object> headers) {
        assertThat(send(uri, "a cat", headers).getException()).isNull();
        return engine.lastOrder().priority();
    }

    @Test
    void theHeaderWinsOverTheOption() {
        assertThat(priority("grokvideo:submit", Map.of())).isZero();
        assertThat(priority("grokvideo:submit?priority=-9", Map.of())).isEqualTo(-9);
        assertThat(priority("grokvideo:submit?priority=-9", Map.of(GrokVideoConstants.PRIORITY, "9"))).isEqualTo(9);
        assertThat(priority("grokvideo:generate?priority=2", Map.of(GrokVideoConstants.PRIORITY, " "))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "10", "-10", "high", "1.5" })
    void whatIsNoPriorityIsRefusedBeforeAnythingIsSent(String wrong) {
        assertThat(send("grokvideo:submit", "a cat", Map.of(GrokVideoConstants.PRIORITY, wrong)).getException())
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("priority")
                .hasMessageContaining("a whole number from -9 to 9");
        assertThat(engine.calls).isEmpty();
    }
}
