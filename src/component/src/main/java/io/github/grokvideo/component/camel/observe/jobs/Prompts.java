// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.observe.jobs;

import io.github.grokvideo.component.job.VideoJob;
import io.github.grokvideo.component.job.VideoRequest;

/** Masks prompts in what consoles show, since a gateway may repeat one in what it says about a job. */
public final class Prompts {

    /** Shorter prompts are words that any message may contain. */
    private static final int SHORTEST = 4;
    private static final String MASK = "[prompt]";

    private Prompts() {
    }

    /** @return the text with the job's prompts masked, if the job has its request; null = no text */
    public static String masked(VideoJob job, String text) {
        VideoRequest request = job.request();
        return text == null || request == null ? text
                : without(without(text, request.prompt()), request.negativePrompt());
    }

    private static String without(String text, String prompt) {
        return prompt == null || prompt.length() < SHORTEST ? text : text.replace(prompt, MASK);
    }
}
