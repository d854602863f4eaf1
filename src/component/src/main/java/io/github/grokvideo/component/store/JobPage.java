// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.store;

import java.util.List;
import io.github.grokvideo.component.job.VideoJob;

/**
 * One page of jobs.
 *
 * @param total how many jobs match on all pages
 * @param jobs  the jobs of this page, in order
 */
public record JobPage(long total, List<VideoJob> jobs) {
}
