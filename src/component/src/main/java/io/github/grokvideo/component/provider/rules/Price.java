// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.provider.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import io.github.grokvideo.component.job.Cost;
import io.github.grokvideo.component.job.VideoRequest;

/** What a valid request will cost. */
@FunctionalInterface
public interface Price {

    /** For models without a documented price. */
    Price UNKNOWN = request -> null;

    /** @return null = unknown, which is never 0 */
    Cost of(VideoRequest request);

    /**
     * Seconds times the rate of the resolution, plus the images.
     *
     * @param unit              {@link Cost#USD}, or {@link Cost#CREDITS}, which are rounded up to whole credits
     * @param defaultSeconds    the gateway's default duration
     * @param defaultResolution the gateway's default resolution; null = not documented, then there is no estimate
     * @param rates             per second, by resolution; {@code *} = any
     * @param perImage          for each image in the request, in whichever field
     */
    static Price perSecond(
            String unit, int defaultSeconds, String defaultResolution, Map<String, String> rates, String perImage) {
        return request -> {
            String resolution = request.resolution() == null ? defaultResolution : request.resolution();
            String rate = rates.containsKey("*") ? rates.get("*") : resolution == null ? null : rates.get(resolution);
            if (rate == null) {
                return null;
            }
            int seconds = request.duration() == null ? defaultSeconds : request.duration();
            BigDecimal amount = new BigDecimal(rate).multiply(BigDecimal.valueOf(seconds))
                    .add(new BigDecimal(perImage).multiply(BigDecimal.valueOf(images(request))));
            return new Cost(Cost.plain(Cost.CREDITS.equals(unit) ? amount.setScale(0, RoundingMode.CEILING) : amount), unit);
        };
    }

    /**
     * Seconds of output times the rate, plus seconds of input times the input's rate. Without the length of the input there is no estimate.
     *
     * @param rate           in USD per second of output
     * @param inputRate      in USD per second of input
     * @param defaultSeconds of output, if the request has no duration; null = as long as the input
     */
    static Price perInputSecond(String rate, String inputRate, Integer defaultSeconds) {
        return request -> {
            if (request.inputVideoSeconds() == null) {
                return null;
            }
            BigDecimal input = BigDecimal.valueOf(request.inputVideoSeconds());
            BigDecimal output = request.duration() != null ? BigDecimal.valueOf(request.duration())
                    : defaultSeconds != null ? BigDecimal.valueOf(defaultSeconds) : input;
            return new Cost(Cost.plain(new BigDecimal(rate).multiply(output).add(new BigDecimal(inputRate).multiply(input))), Cost.USD);
        };
    }

    private static long images(VideoRequest request) {
        return request.media().entrySet().stream().filter(field -> !field.getKey().equals(VideoRequest.VIDEO))
                .mapToLong(field -> field.getValue().size()).sum();
    }

    /** @param prices in USD, by seconds */
    static Price perVideo(int defaultSeconds, Map<Integer, String> prices) {
        return request -> {
            String price = prices.get(request.duration() == null ? defaultSeconds : request.duration());
            return price == null ? null : Cost.usd(price);
        };
    }
}
