// SPDX-License-Identifier: Apache-2.0
package io.github.grokvideo.servers;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** S3 over a folder: a bucket is a folder in it, an object a file. */
final class S3Server implements LocalServer {

    /** What routes use where nothing else is set. */
    static final String BUCKET = "videos";

    private static final Logger LOG = LoggerFactory.getLogger(S3Server.class);
    /** Not a secret: the server listens on 127.0.0.1 only. */
    private static final String KEY = "local";
    private static final String SECRET = "local-secret";

    private final S3Proxy proxy;
    private final BlobStore store;
    private final Path data;

    private S3Server(S3Proxy proxy, BlobStore store, Path data) {
        this.proxy = proxy;
        this.store = store;
        this.data = data;
    }

    static S3Server start(Path data, int port) throws Exception {
        BlobStore store = new FilesystemNio2BlobStore(Files.createDirectories(data).toAbsolutePath().toString());
        if (!Files.isDirectory(data.resolve(BUCKET))) {
            store.createContainer(BUCKET);
        }
        S3Proxy proxy = S3Proxy.builder().blobStore(store).endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                // The SDK sends headers that the server does not know.
                .ignoreUnknownHeaders(true).build();
        proxy.start();
        return new S3Server(proxy, store, data);
    }

    private String address() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    @Override
    public String line() {
        return "S3 at " + address() + ", bucket " + BUCKET + ", access key " + KEY + ", secret key " + SECRET + ", files in " + data + "/";
    }

    @Override
    public Map<String, String> properties() {
        String option = "camel.component.aws2-s3.";
        return Map.of(option + "overrideEndpoint", "true", option + "uriEndpointOverride", address(),
                option + "forcePathStyle", "true", option + "region", "us-east-1",
                option + "accessKey", KEY, option + "secretKey", SECRET);
    }

    @Override
    public void close() {
        try {
            proxy.stop();
            store.close();
        } catch (Exception e) {
            LOG.warn("The S3 server did not stop cleanly", e);
        }
    }
}
