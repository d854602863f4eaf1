package io.github.grokvideo.component.camel.observe;

import java.time.Duration;

/** Follows the calls to gateways. Called on the transport's threads: return at once. */
interface GatewayObserver {

    /**
     * @param status HTTP status; 0 = no answer
     * @param error  for a person, without secrets; null = there was an answer
     */
    void onCall(String provider, String account, int status, String error, Duration time);

    /**
     * One attempt.
     *
     * @param bytes of the video; 0 where there is none
     * @param error for a person, without secrets; null = the video is here
     */
    void onDownload(String provider, String account, long bytes, String error, Duration time);
}
