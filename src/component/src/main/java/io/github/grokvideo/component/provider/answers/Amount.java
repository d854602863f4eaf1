// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.answers;

import java.math.BigDecimal;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.grokvideo.component.job.Cost;

/** Amounts of money as gateways write them. */
public final class Amount {

    private Amount() {
    }

    /** @return the number, also if written as a string; null = none, or implausible */
    public static BigDecimal at(JsonNode node) {
        String text = SafeText.scalar(node);
        if (text == null || node.isBoolean() || !text.strip().matches("-?\\d{1,18}(\\.\\d{1,18})?([eE]-?\\d{1,2})?")) {
            return null;
        }
        return Cost.plain(new BigDecimal(text.strip()));
    }
}
