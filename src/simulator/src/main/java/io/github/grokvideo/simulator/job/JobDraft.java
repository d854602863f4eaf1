// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.simulator.video.VideoSpec;

/**
 * A validated request.
 *
 * @param mode             {@code text-to-video}, {@code image-to-video}, {@code reference-to-video}, {@code edit}, {@code extend} or
 *                         {@code remix}
 * @param prompt           empty if the request has none
 * @param clientBusinessId the caller's own id; null if none was sent
 * @param resolution       {@code 480p}, {@code 720p} or {@code 1080p}
 * @param ratio            aspect ratio such as {@code 16:9}
 * @param price            in the gateway's own unit
 * @param extras           what only some gateways take, by name
 */
public record JobDraft(String model, String mode, String prompt, String clientBusinessId, String resolution, String ratio,
        VideoSpec video, BigDecimal price, Map<String, String> extras) {

    /** Extra: where the gateway has to put the video. */
    public static final String UPLOAD_URL = "upload_url";

    /** Extra: what the gateway has to call when the job ends. */
    public static final String CALLBACK_URL = "callback_url";

    public JobDraft {
        // Journals of earlier versions have none.
        extras = extras == null ? Map.of() : Map.copyOf(extras);
    }

    /** A request without extras. */
    public JobDraft(String model, String mode, String prompt, String clientBusinessId, String resolution, String ratio,
            VideoSpec video, BigDecimal price) {
        this(model, mode, prompt, clientBusinessId, resolution, ratio, video, price, Map.of());
    }

    /** The same request with one more extra. */
    public JobDraft with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(extras);
        more.put(name, value);
        return new JobDraft(model, mode, prompt, clientBusinessId, resolution, ratio, video, price, more);
    }
}
