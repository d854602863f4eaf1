// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.component.camel.beans;

import java.util.LinkedHashMap;
import java.util.Map;
import io.github.grokvideo.component.camel.GrokVideoConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Sets the headers of {@code aws2-s3} for storing a video: bucket, key, content type and, as metadata, the job id, the SHA-256 and the
 * model. Does not need camel-aws2-s3. Thread-safe.
 */
public final class S3Object {

    static final String BUCKET = "CamelAwsS3BucketName";
    static final String KEY = "CamelAwsS3Key";

    /**
     * Sets the headers for the object {@code videos/<job id>.mp4}.
     *
     * @param exchange with the headers of a finished job
     * @param bucket   name of the bucket
     */
    public void video(Exchange exchange, String bucket) {
        headers(exchange, bucket, "videos/" + exchange.getMessage().getHeader(GrokVideoConstants.JOB_ID) + ".mp4");
    }

    /**
     * Sets the headers for an object, and {@code CamelGrokVideoDeliveredTo}: where the video is once the exchange has succeeded.
     *
     * @param exchange with the headers of a finished job
     * @param bucket   name of the bucket
     * @param key      of the object
     */
    public void headers(Exchange exchange, String bucket, String key) {
        Message message = exchange.getMessage();
        Map<String, String> metadata = new LinkedHashMap<>();
        put(metadata, "job-id", message, GrokVideoConstants.JOB_ID);
        put(metadata, "sha256", message, GrokVideoConstants.SHA256);
        put(metadata, "model", message, GrokVideoConstants.JOB_MODEL);
        message.setHeader(BUCKET, bucket);
        message.setHeader(KEY, key);
        message.setHeader(GrokVideoConstants.DELIVERED_TO, "s3://" + bucket + "/" + key);
        message.setHeader("CamelAwsS3ContentType", "video/mp4");
        message.setHeader("CamelAwsS3Metadata", metadata);
    }

    private static void put(Map<String, String> metadata, String name, Message message, String header) {
        String value = message.getHeader(header, String.class);
        if (value != null) {
            metadata.put(name, value);
        }
    }
}
