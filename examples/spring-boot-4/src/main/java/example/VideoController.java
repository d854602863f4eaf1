// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.File;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.ProducerTemplate;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes a prompt and answers with the video. Neither the request nor the job occupies a thread while the gateway renders. */
@RestController
class VideoController {

    private final ProducerTemplate producer;

    VideoController(ProducerTemplate producer) {
        this.producer = producer;
    }

    @PostMapping(path = "/videos", produces = "video/mp4")
    CompletableFuture<Resource> video(@RequestBody String prompt) {
        return producer.asyncRequestBody("direct:video", prompt, File.class).thenApply(FileSystemResource::new);
    }
}
