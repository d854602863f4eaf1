// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferWaitTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final PreferWait bean = new PreferWait();

    @AfterEach
    void close() throws Exception {
        context.close();
    }

    private Exchange read(Object prefer) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader("Prefer", prefer);
        exchange.getMessage().setHeader(GrokVideoConstants.STATUS_WAIT, "1h");
        bean.read(exchange, 30, 2);
        return exchange;
    }

    private static Object wait(Exchange exchange) {
        return exchange.getMessage().getHeader(GrokVideoConstants.STATUS_WAIT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"wait=20|20", "Wait = 20|20", "respond-async, wait=5|5", "wait=\"7\"; foo|7", "wait=0|0",
            "wait=-1|0", "wait=99999999999|0", "wait|0", "await=9|0", "wait=9x|0", "''|0"})
    void secondsAreReadFromTheHeader(String header, int seconds) {
        assertThat(PreferWait.seconds(header)).isEqualTo(seconds);
    }

    @Test
    void theWaitIsLimited() {
        assertThat(wait(read("wait=20"))).isEqualTo(Duration.ofSeconds(20));
        assertThat(wait(read(List.of("respond-async", "wait=99")))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoDoesNotAskDoesNotWait() {
        assertThat(wait(read(null))).isNull();
        assertThat(wait(read("wait=0"))).isNull();
    }

    @Test
    void onlySomeWaitAtATime() {
        Exchange first = read("wait=20");
        read("wait=20");

        assertThat(wait(read("wait=20"))).as("one too many").isNull();
        UnitOfWorkHelper.doneSynchronizations(first, first.getExchangeExtension().handoverCompletions());
        assertThat(wait(read("wait=20"))).isNotNull();
        assertThat(wait(read("wait=20"))).as("again one too many").isNull();
    }
}
