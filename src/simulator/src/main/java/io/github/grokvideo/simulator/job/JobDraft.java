// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.simulator.job;

import java.math.BigDecimal;
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
 */
public record JobDraft(String model, String mode, String prompt, String clientBusinessId, String resolution, String ratio,
        VideoSpec video, BigDecimal price) {
}
